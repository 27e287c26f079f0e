package io.pubsub.transport;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Where outgoing messages go.
 * <p>
 * Safe for use by many threads.
 */
@FunctionalInterface
public interface Destination {

	/**
	 * Publishes messages; those for the same address in the order of the list.
	 * @param messages the messages, any number, for any addresses
	 * @return one result for each message, in the order of the list; the future itself
	 * does not fail because a message could not be published
	 */
	CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages);

	/**
	 * Publishes as {@link #publish(List)} does, and waits for the results. A destination
	 * that can do so cheaper than by waiting for another thread overrides this.
	 * @param messages the messages, any number, for any addresses
	 * @return one result for each message, in the order of the list
	 * @throws InterruptedException if the thread is interrupted: nobody knows what was
	 * published
	 * @throws ExecutionException if the future of {@link #publish(List)} would fail
	 */
	default List<PublishResult> publishAndWait(List<OutboundMessage> messages)
			throws InterruptedException, ExecutionException {
		return publish(messages).get();
	}

}
