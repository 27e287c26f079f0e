package io.pubsub.benchmarks.consume;

import io.pubsub.benchmarks.scenario.Order;

/**
 * The work that all contenders do with every message, on many threads.
 */
@FunctionalInterface
public interface Handling {

	/**
	 * Handle a message.
	 * @param order its content, validated
	 * @throws InterruptedException if the thread is interrupted
	 */
	void handle(Order order) throws InterruptedException;

}
