package io.pubsub.transport;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The way out for messages.
 * <p>
 * There is one way to publish, which is all that a decorator implements. Who wires
 * producers asks the destination itself for the rest: {@link #waiting()} and
 * {@link #rules()}. Safe for use by many threads.
 *
 * @since 0.1.0
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
	 * The same destination for callers that wait for the result anyway: it may block in
	 * {@link #publish(List)} where that is cheaper than waiting for another thread, and
	 * notices an interrupt only when the request has ended.
	 * @return the destination for callers that wait; by default this one
	 */
	default Destination waiting() {
		return this;
	}

	/**
	 * The rules that messages are made by.
	 * @return the rules; by default {@linkplain AddressRules#none() none}
	 */
	default AddressRules rules() {
		return AddressRules.none();
	}

}
