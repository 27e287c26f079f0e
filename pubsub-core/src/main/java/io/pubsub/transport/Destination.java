package io.pubsub.transport;

import java.util.List;
import java.util.concurrent.CompletableFuture;

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

}
