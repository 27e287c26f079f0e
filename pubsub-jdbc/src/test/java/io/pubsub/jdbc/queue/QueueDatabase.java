package io.pubsub.jdbc.queue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import io.pubsub.jdbc.PostgresServer;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A database for one test, without tables at first, and the clock that counts in it.
 */
interface QueueDatabase {

	/**
	 * A builder of a queue by the name of "orders", the same at each call.
	 * @return a new builder
	 */
	JdbcQueueBuilder queue();

	/**
	 * A builder of an outbox by the name of "orders", the same at each call.
	 * @return a new builder
	 */
	default JdbcOutboxBuilder outbox() {
		throw new UnsupportedOperationException("there is no outbox in a file");
	}

	/**
	 * Moves the clock of the database, if it has one of its own.
	 * @param duration the time to move by
	 */
	default void passTime(Duration duration) {
	}

	/**
	 * The database, if it is one of an application.
	 * @return the database, {@code null} for a file
	 */
	@Nullable DataSource dataSource();

	/**
	 * The same database over another one, if it is one of an application.
	 * @param dataSource the other one
	 * @return the database
	 */
	default QueueDatabase over(DataSource dataSource) {
		return this;
	}

	static QueueDatabase sqlite(Path directory) {
		return new QueueDatabase() {

			@Override
			public JdbcQueueBuilder queue() {
				return JdbcQueue.sqlite(directory.resolve("orders.db"));
			}

			@Override
			public @Nullable DataSource dataSource() {
				return null;
			}

		};
	}

	static QueueDatabase h2() {
		return new Server(
				new DriverManagerDataSource(
						"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa", ""),
				Dialect.H2);
	}

	static QueueDatabase postgresql() {
		return Server.postgresql();
	}

	/**
	 * A database of an application.
	 */
	final class Server implements QueueDatabase {

		private static final String NOW = "(SELECT present FROM test_time)";

		private final DataSource dataSource;

		private final Dialect dialect;

		private final JdbcClient jdbc;

		private Server(DataSource dataSource, Dialect dialect) {
			this.dataSource = dataSource;
			this.dialect = dialect;
			this.jdbc = JdbcClient.create(dataSource);
		}

		static Server postgresql() {
			Dialect real = Dialect.POSTGRESQL;
			Server server = new Server(PostgresServer.dataSource(),
					new Dialect(real.name(), NOW, real.lockRows(), real.locks(), real.isolation()));
			server.jdbc.sql("DROP TABLE IF EXISTS pubsub_message, pubsub_queue, test_time").update();
			server.jdbc.sql("CREATE TABLE test_time AS SELECT CAST(1767225600000 AS BIGINT) AS present").update();
			return server;
		}

		@Override
		public QueueDatabase over(DataSource other) {
			return new Server(other, this.dialect);
		}

		@Override
		public JdbcQueueBuilder queue() {
			return JdbcQueue.builder("orders", this.dataSource).dialect(this.dialect).createTables(true);
		}

		@Override
		public JdbcOutboxBuilder outbox() {
			return JdbcOutbox.builder("orders", this.dataSource).dialect(this.dialect).createTables(true);
		}

		@Override
		public void passTime(Duration duration) {
			if (this.dialect.now() != null) {
				this.jdbc.sql("UPDATE test_time SET present = present + ?").param(duration.toMillis()).update();
			}
		}

		@Override
		public DataSource dataSource() {
			return this.dataSource;
		}

	}

	/**
	 * The time of a process: one that a test may set back or forward.
	 */
	final class SteppingTimekeeper implements Timekeeper {

		private final Timekeeper steady;

		private volatile Duration step = Duration.ZERO;

		SteppingTimekeeper(Timekeeper steady) {
			this.steady = steady;
		}

		void step(Duration step) {
			this.step = this.step.plus(step);
		}

		@Override
		public long nanos() {
			return this.steady.nanos();
		}

		@Override
		public Instant now() {
			return this.steady.now().plus(this.step);
		}

		@Override
		public Task after(Duration delay, Runnable action) {
			return this.steady.after(delay, action);
		}

		@Override
		public CompletableFuture<Void> closed() {
			return this.steady.closed();
		}

		@Override
		public void close() {
			this.steady.close();
		}

	}

}
