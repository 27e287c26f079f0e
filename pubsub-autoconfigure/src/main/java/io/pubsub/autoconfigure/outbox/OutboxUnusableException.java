package io.pubsub.autoconfigure.outbox;

import io.pubsub.autoconfigure.internal.Actionable;
import io.pubsub.jdbc.idempotency.TableUnreadableException;
import io.pubsub.jdbc.queue.UnrelatedTransactionsException;
import io.pubsub.jdbc.queue.UnsupportedDatabaseException;

/**
 * Thrown when the outbox is enabled and cannot be used.
 */
final class OutboxUnusableException extends IllegalStateException implements Actionable {

	private final String action;

	OutboxUnusableException(String message, String action) {
		super(message);
		this.action = action;
	}

	private OutboxUnusableException(RuntimeException cause, String action) {
		super(cause.getMessage(), cause);
		this.action = action;
	}

	static OutboxUnusableException of(TableUnreadableException cause) {
		return new OutboxUnusableException(cause, ("Run %s on the database, or let the application do it with"
				+ " pubsub.producer.outbox.initialize-schema=always.")
			.formatted(cause.script()));
	}

	static OutboxUnusableException of(UnrelatedTransactionsException cause) {
		return new OutboxUnusableException(cause,
				"Name a DataSource and its own transaction manager: pubsub.producer.outbox.data-source and"
						+ " pubsub.producer.outbox.transaction-manager.");
	}

	static OutboxUnusableException of(UnsupportedDatabaseException cause) {
		return new OutboxUnusableException(cause,
				"Name the DataSource of a database that can (pubsub.producer.outbox.data-source), or switch the"
						+ " outbox off (pubsub.producer.outbox.enabled).");
	}

	@Override
	public String action() {
		return this.action;
	}

}
