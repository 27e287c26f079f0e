package io.pubsub.jdbc.queue;

import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transactions that statements on queues run in.
 */
final class Transactions {

	private final TransactionTemplate own;

	private final TransactionTemplate joined;

	private final @Nullable Lock connection;

	/**
	 * Makes transactions.
	 * @param manager the transaction manager of the database
	 * @param isolation the isolation level of transactions that are not the caller's
	 * @param connection the lock on the only connection; {@code null} if there are many
	 */
	Transactions(PlatformTransactionManager manager, int isolation, @Nullable Lock connection) {
		boolean alone = connection == null;
		this.own = template(manager, isolation,
				alone ? TransactionDefinition.PROPAGATION_REQUIRES_NEW : TransactionDefinition.PROPAGATION_REQUIRED);
		this.joined = template(manager, TransactionDefinition.ISOLATION_DEFAULT,
				TransactionDefinition.PROPAGATION_REQUIRED);
		this.connection = connection;
	}

	private static TransactionTemplate template(PlatformTransactionManager manager, int isolation, int propagation) {
		TransactionTemplate template = new TransactionTemplate(manager);
		template.setIsolationLevel(isolation);
		template.setPropagationBehavior(propagation);
		return template;
	}

	/**
	 * Works in a transaction that is committed in the end, whatever the caller's is.
	 * @param work the work
	 * @param <T> the type of the result
	 * @return the result of the work
	 */
	<T> T own(Supplier<T> work) {
		return locked(() -> Objects.requireNonNull(this.own.execute((status) -> work.get())));
	}

	/**
	 * Works in the transaction of the caller, or in one of its own if there is none.
	 * @param work the work
	 * @param <T> the type of the result
	 * @return the result of the work
	 */
	<T> T joined(Supplier<T> work) {
		return locked(() -> Objects.requireNonNull(this.joined.execute((status) -> work.get())));
	}

	/**
	 * Reads with a single statement.
	 * @param work the work
	 * @param <T> the type of the result
	 * @return the result of the work
	 */
	<T> T read(Supplier<T> work) {
		return locked(work);
	}

	private <T> T locked(Supplier<T> work) {
		Lock lock = this.connection;
		if (lock == null) {
			return work.get();
		}
		lock.lock();
		try {
			return work.get();
		}
		finally {
			lock.unlock();
		}
	}

	/**
	 * Acts when the transaction of the caller is committed, at once if there is none.
	 * @param action the action
	 */
	static void afterCommit(Runnable action) {
		if (!TransactionSynchronizationManager.isSynchronizationActive()) {
			action.run();
			return;
		}
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			// Nobody calls afterCommit on what was registered by another afterCommit.
			@Override
			public void afterCompletion(int status) {
				if (status == STATUS_COMMITTED) {
					action.run();
				}
			}
		});
	}

}
