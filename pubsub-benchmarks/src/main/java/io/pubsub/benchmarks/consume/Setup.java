package io.pubsub.benchmarks.consume;

import io.pubsub.benchmarks.scenario.MessageJson;
import io.pubsub.benchmarks.scenario.Order;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * The things that a contender is given.
 *
 * @param queueUrl the queue to consume
 * @param concurrency the number of messages that are handled at once
 * @param client the client to use
 * @param handling the work with each message
 */
public record Setup(String queueUrl, int concurrency, SqsAsyncClient client, Handling handling) {

	// For contenders without a decoder of their own.
	void decodeAndHandle(MessageJson json, String body) {
		Order order = json.read(body, Order.class);
		try {
			this.handling.handle(order);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while message %d was handled".formatted(order.sequence()), ex);
		}
	}

}
