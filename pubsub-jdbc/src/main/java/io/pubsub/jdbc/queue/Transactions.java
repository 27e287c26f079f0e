package io.pubsub.jdbc.queue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transactions that statements on queues run in.
 */
final class Transactions {

	private final TransactionTemplate own;

	private final TransactionTemplate joined;

	private final PlatformTransactionManager manager;

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
		this.manager = manager;
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
	 * Works in the transaction of the caller.
	 * @param work the work
	 * @param <T> the type of the result
	 * @return the result of the work
	 * @throws ForeignTransactionException if there is none of this database
	 */
	<T> T callers(Supplier<T> work) {
		checkCallers();
		return joined(work);
	}

	/**
	 * Insists that the transaction of the caller is one of this database.
	 * @throws ForeignTransactionException if it is not, or if there is none
	 */
	void checkCallers() {
		TransactionDefinition mandatory = new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_MANDATORY);
		try {
			// It only takes part, so that there is nothing to be ended.
			this.manager.getTransaction(mandatory);
		}
		catch (IllegalTransactionStateException ex) {
			throw new ForeignTransactionException(ex);
		}
	}

	/**
	 * Insists that the transactions of the manager are those of a database. One that is
	 * not would leave each statement by itself.
	 * @param dataSource the database
	 * @throws UnrelatedTransactionsException if they are not
	 */
	void checkManagerOf(DataSource dataSource) {
		this.own.executeWithoutResult((status) -> {
			boolean bound = TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder;
			// Those that span several databases bind nothing before it is used.
			if (!bound && (this.manager instanceof ResourceTransactionManager || commitsByItself(dataSource))) {
				throw new UnrelatedTransactionsException(this.manager);
			}
		});
	}

	private static boolean commitsByItself(DataSource dataSource) {
		Connection connection = DataSourceUtils.getConnection(dataSource);
		try {
			return connection.getAutoCommit();
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The database of the outbox does not answer: " + ex.getMessage(), ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, dataSource);
		}
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
