package io.pubsub.jdbc.queue;

/**
 * Thrown when a message is produced in a transaction that is not one of the database of
 * the outbox, so that the message could not become a part of it.
 *
 * @since 0.1.0
 */
public final class ForeignTransactionException extends IllegalStateException {

	ForeignTransactionException(Throwable cause) {
		super("The transaction that is under way is not one of the outbox's database, so that the message would neither"
				+ " be committed nor rolled back with it: begin it with the transaction manager of the outbox, or"
				+ " produce the message before or after it", cause);
	}

}
