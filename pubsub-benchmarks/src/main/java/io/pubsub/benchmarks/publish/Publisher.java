package io.pubsub.benchmarks.publish;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.benchmarks.scenario.Order;

/**
 * A contender that publishes.
 */
public interface Publisher {

	/**
	 * Publish a message and wait for the answer.
	 * @param order its content
	 */
	void publish(Order order);

	/**
	 * Publish a message.
	 * @param order its content
	 * @return completes with the answer
	 */
	CompletableFuture<?> publishAsync(Order order);

	/**
	 * Publish messages and wait for the answers.
	 * @param orders their contents
	 * @return the number of messages that were published
	 */
	int publishAll(List<Order> orders);

}
