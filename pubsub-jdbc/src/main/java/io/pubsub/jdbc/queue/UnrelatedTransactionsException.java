package io.pubsub.jdbc.queue;

import org.springframework.transaction.PlatformTransactionManager;

/**
 * Thrown when the transactions of an outbox are not those of its database.
 *
 * @since 0.1.0
 */
public final class UnrelatedTransactionsException extends IllegalStateException {

	UnrelatedTransactionsException(PlatformTransactionManager manager) {
		super(("The transactions of the %s are not those of the outbox's DataSource: what they roll back would be"
				+ " published all the same; give the outbox a DataSource and its own transaction manager")
			.formatted(manager.getClass().getSimpleName()));
	}

}
