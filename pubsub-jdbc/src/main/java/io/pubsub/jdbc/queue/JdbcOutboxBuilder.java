package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.pubsub.InvalidSettingException;
import io.pubsub.jdbc.idempotency.TableUnreadableException;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Options of a {@link JdbcOutbox}, each with a default.
 *
 * @since 0.1.0
 */
public final class JdbcOutboxBuilder {

	// Apart from the names of queues in the same tables.
	private static final String PREFIX = "outbox of ";

	private static final int LONGEST_NAME = 80;

	private final String name;

	private final DataSource dataSource;

	private @Nullable PlatformTransactionManager transactionManager;

	private OutboxOptions options = OutboxOptions.DEFAULT;

	private Timekeeper timekeeper = Timekeeper.shared();

	private Consumer<OutboundMessage> check = (message) -> {
	};

	private boolean keepsAll;

	private boolean createTables;

	private @Nullable Executor executor;

	private @Nullable Dialect dialect;

	JdbcOutboxBuilder(String name, DataSource dataSource) {
		if (name.isBlank() || name.length() > LONGEST_NAME) {
			throw new InvalidSettingException(JdbcOutbox.class, "name",
					"'%s' cannot be the name of an outbox: it needs 1 to %d characters".formatted(name, LONGEST_NAME));
		}
		this.name = name;
		this.dataSource = target(dataSource);
	}

	// Transactions are bound to what is behind it.
	private static DataSource target(DataSource dataSource) {
		DataSource target = (dataSource instanceof TransactionAwareDataSourceProxy proxy) ? proxy.getTargetDataSource()
				: null;
		return (target != null) ? target(target) : dataSource;
	}

	/**
	 * Sets the options on which all that use the outbox should agree.
	 * @param options the options
	 * @return this builder
	 */
	public JdbcOutboxBuilder options(OutboxOptions options) {
		this.options = options;
		return this;
	}

	/**
	 * Sets the transaction manager of the database, whose transactions messages become a
	 * part of. The default is one for the {@link DataSource}.
	 * @param transactionManager the transaction manager, such as that of JPA
	 * @return this builder
	 */
	public JdbcOutboxBuilder transactionManager(PlatformTransactionManager transactionManager) {
		this.transactionManager = transactionManager;
		return this;
	}

	/**
	 * Sets a check of each message that is produced, beside that of the room in the
	 * table. The default finds no fault.
	 * @param check the check, which throws if a message could never be published
	 * @return this builder
	 */
	public JdbcOutboxBuilder check(Consumer<OutboundMessage> check) {
		this.check = check;
		return this;
	}

	/**
	 * Keeps what is produced outside of transactions too, in a transaction of its own. By
	 * default it is published at once.
	 * @param keepsAll whether to keep all
	 * @return this builder
	 */
	public JdbcOutboxBuilder keepsAll(boolean keepsAll) {
		this.keepsAll = keepsAll;
		return this;
	}

	/**
	 * Creates the tables, unless they are there. By default, they are not created.
	 * @param createTables whether to create them
	 * @return this builder
	 */
	public JdbcOutboxBuilder createTables(boolean createTables) {
		this.createTables = createTables;
		return this;
	}

	/**
	 * Sets the time. The default is {@link Timekeeper#shared()}.
	 * @param timekeeper the timekeeper, which stays the caller's to close
	 * @return this builder
	 */
	public JdbcOutboxBuilder timekeeper(Timekeeper timekeeper) {
		this.timekeeper = timekeeper;
		return this;
	}

	/**
	 * Sets the executor of all that the outbox does by itself. The default is a thread of
	 * its own; with {@code Runnable::run}, as for tests, whoever commits publishes what
	 * is committed.
	 * @param executor the executor, which stays the caller's to close
	 * @return this builder
	 */
	public JdbcOutboxBuilder executor(Executor executor) {
		this.executor = executor;
		return this;
	}

	JdbcOutboxBuilder dialect(Dialect dialect) {
		this.dialect = dialect;
		return this;
	}

	/**
	 * Makes the outbox, which is not started.
	 * @return the outbox, for the caller to {@link JdbcOutbox#destroy()}
	 * @throws TableUnreadableException if its tables cannot be read
	 * @throws UnrelatedTransactionsException if the transactions are not those of the
	 * database
	 * @throws UnsupportedDatabaseException if the database is none of those that can hold
	 * an outbox
	 */
	public JdbcOutbox build() {
		Dialect spoken = (this.dialect != null) ? this.dialect : Dialect.of(this.dataSource);
		if (spoken.locks() == Dialect.Locks.DATABASE) {
			throw UnsupportedDatabaseException.ofOutbox(spoken.name());
		}
		PlatformTransactionManager manager = (this.transactionManager != null) ? this.transactionManager
				: new JdbcTransactionManager(this.dataSource);
		Transactions transactions = new Transactions(manager, spoken.isolation(), null);
		transactions.checkManagerOf(this.dataSource);
		// A crash is no refusal, so that nothing is parked for it.
		ClaimStatements.Ownership ownership = new ClaimStatements.Ownership(JdbcQueueBuilder.owner(),
				this.options.lease(), Integer.MAX_VALUE, this.options.continuesAfterParked());
		QueueStore store = new QueueStore(this.dataSource, spoken, transactions, PREFIX + this.name,
				new QueueStore.Rules(ownership, Duration.ZERO, this.options.retention()), this.timekeeper.clock());
		if (this.createTables) {
			QueueTables.create(this.dataSource, spoken);
		}
		JdbcQueueBuilder.open(store, spoken);
		return new JdbcOutbox(this, store, OutboxThreads.of(this.executor));
	}

	String name() {
		return this.name;
	}

	OutboxOptions options() {
		return this.options;
	}

	Timekeeper timekeeper() {
		return this.timekeeper;
	}

	Consumer<OutboundMessage> check() {
		return this.check;
	}

	boolean keepsAll() {
		return this.keepsAll;
	}

}
