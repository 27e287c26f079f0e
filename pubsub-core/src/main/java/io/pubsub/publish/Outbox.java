package io.pubsub.publish;

import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;

/**
 * {@link PublishTransactions} that make messages a part of the transaction that produces
 * them. What is committed outlives a crash, and is published later, at least once: nobody
 * has to publish it before the commit.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface Outbox extends PublishTransactions {

	/**
	 * Insists that a message can be kept, when it is produced.
	 * @param message the message
	 * @throws RuntimeException if it could not be kept, or never be published
	 */
	void check(OutboundMessage message);

	/**
	 * Insists that messages can become a part of the transaction of the calling thread.
	 * @throws RuntimeException if they cannot, because it is not one of the database of
	 * this outbox
	 */
	void checkTransaction();

	/**
	 * The destination of what is produced outside of transactions.
	 * @param direct the destination that publishes at once
	 * @return that one, or one that keeps messages as well
	 */
	Destination outsideOfTransactions(Destination direct);

}
