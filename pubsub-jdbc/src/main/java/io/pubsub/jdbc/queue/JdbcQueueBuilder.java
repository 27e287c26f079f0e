package io.pubsub.jdbc.queue;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import javax.sql.DataSource;

import io.pubsub.InvalidSettingException;
import io.pubsub.jdbc.idempotency.TableUnreadableException;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Options of a {@link JdbcQueue}, each with a default.
 *
 * @since 0.1.0
 */
public final class JdbcQueueBuilder {

	// There is one in a file, which may be renamed.
	private static final String NAME_IN_FILE = "queue";

	private static final int LONGEST_NAME = 100;

	private static final long THREAD_KEEP_ALIVE_SECONDS = 30;

	private final String name;

	private final @Nullable DataSource dataSource;

	private final @Nullable Path file;

	private @Nullable PlatformTransactionManager transactionManager;

	private QueueOptions options = QueueOptions.DEFAULT;

	private BackoffPolicy backoff = BackoffPolicy.DEFAULT;

	private Timekeeper timekeeper = Timekeeper.shared();

	private boolean createTables;

	private @Nullable Dialect dialect;

	private @Nullable ExecutorService executor;

	JdbcQueueBuilder(String name, DataSource dataSource) {
		if (name.isBlank() || name.length() > LONGEST_NAME) {
			throw new InvalidSettingException(JdbcQueue.class, "name",
					"'%s' cannot be the name of a queue: it needs 1 to %d characters".formatted(name, LONGEST_NAME));
		}
		this.name = name;
		this.dataSource = dataSource;
		this.file = null;
	}

	JdbcQueueBuilder(Path file) {
		this.name = NAME_IN_FILE;
		this.dataSource = null;
		this.file = file;
		this.createTables = true;
	}

	/**
	 * Sets the options on which all that use the queue should agree.
	 * @param options the options
	 * @return this builder
	 */
	public JdbcQueueBuilder options(QueueOptions options) {
		this.options = options;
		return this;
	}

	/**
	 * Sets the policy for the delay of a failure of what was polled. The default is
	 * exponential, from 1 s to 15 min.
	 * @param backoff the policy
	 * @return this builder
	 */
	public JdbcQueueBuilder backoff(BackoffPolicy backoff) {
		this.backoff = backoff;
		return this;
	}

	/**
	 * Sets the transaction manager of the database, in whose transactions messages are
	 * put. The default is one for the {@link DataSource}.
	 * @param transactionManager the transaction manager
	 * @return this builder
	 */
	public JdbcQueueBuilder transactionManager(PlatformTransactionManager transactionManager) {
		this.transactionManager = transactionManager;
		return this;
	}

	/**
	 * Creates the tables, unless they are there. In a file of SQLite they are created
	 * anyway; in a database of the application, by default, they are not.
	 * @param createTables whether to create them
	 * @return this builder
	 */
	public JdbcQueueBuilder createTables(boolean createTables) {
		this.createTables = createTables || this.file != null;
		return this;
	}

	/**
	 * Sets the time. The default is {@link Timekeeper#shared()}.
	 * @param timekeeper the timekeeper, which stays the caller's to close
	 * @return this builder
	 */
	public JdbcQueueBuilder timekeeper(Timekeeper timekeeper) {
		this.timekeeper = timekeeper;
		return this;
	}

	JdbcQueueBuilder dialect(Dialect dialect) {
		this.dialect = dialect;
		return this;
	}

	JdbcQueueBuilder executor(ExecutorService executor) {
		this.executor = executor;
		return this;
	}

	/**
	 * Makes the queue.
	 * @return the queue, for the caller to {@link JdbcQueue#destroy()}
	 * @throws TableUnreadableException if its tables cannot be read
	 * @throws UnsupportedDatabaseException if the database is none of those that can hold
	 * queues
	 */
	public JdbcQueue build() {
		Path path = this.file;
		if (path == null) {
			return build(Objects.requireNonNull(this.dataSource), null, () -> {
			});
		}
		SingleConnectionDataSource connection = SqliteDatabase.open(path);
		Lock lock = new ReentrantLock();
		try {
			return build(connection, lock, () -> destroy(connection, lock));
		}
		catch (RuntimeException ex) {
			connection.destroy();
			throw ex;
		}
	}

	// Whoever uses the connection comes to the end of what was begun.
	private static void destroy(SingleConnectionDataSource connection, Lock lock) {
		lock.lock();
		try {
			connection.destroy();
		}
		finally {
			lock.unlock();
		}
	}

	private JdbcQueue build(DataSource database, @Nullable Lock lock, Runnable release) {
		Dialect spoken = (this.dialect != null) ? this.dialect : Dialect.of(database);
		if (this.createTables) {
			QueueTables.create(database, spoken);
		}
		PlatformTransactionManager manager = (this.transactionManager != null) ? this.transactionManager
				: new JdbcTransactionManager(database);
		ClaimStatements.Ownership ownership = new ClaimStatements.Ownership(owner(), this.options.lease(),
				this.options.maxAttempts(), false);
		QueueStore store = new QueueStore(database, spoken, new Transactions(manager, spoken.isolation(), lock),
				this.name, new QueueStore.Rules(ownership, this.options.deduplicationWindow(), Duration.ZERO),
				this.timekeeper.clock());
		open(store, spoken);
		return new JdbcQueue(this, store, (this.executor != null) ? this.executor : newExecutor(), release);
	}

	static void open(QueueStore store, Dialect dialect) {
		try {
			store.open();
		}
		catch (NonTransientDataAccessException ex) {
			throw new TableUnreadableException("pubsub_message", dialect.script(), ex);
		}
	}

	private ExecutorService newExecutor() {
		return new ThreadPoolExecutor(0, 1, THREAD_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(work) -> {
					Thread thread = new Thread(work, "pubsub-leases-" + label());
					thread.setDaemon(true);
					return thread;
				});
	}

	static String owner() {
		long process = ManagementFactory.getRuntimeMXBean().getPid();
		try {
			return "%s/%d".formatted(InetAddress.getLocalHost().getHostName(), process);
		}
		catch (UnknownHostException ex) {
			// The name is for people only.
			return "process " + process;
		}
	}

	String label() {
		return (this.file != null) ? "sqlite:" + this.file : this.name;
	}

	QueueOptions options() {
		return this.options;
	}

	BackoffPolicy backoff() {
		return this.backoff;
	}

	Timekeeper timekeeper() {
		return this.timekeeper;
	}

}
