package io.pubsub.jdbc.queue;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.transaction.TransactionDefinition;

/**
 * How databases differ.
 *
 * @param name the name of the database, as in that of its script
 * @param now the expression for the database's own clock, in milliseconds since 1970;
 * {@code null} if it has none that can be relied on in a transaction, so that the clock
 * of the process counts
 * @param lockRows the clause that locks the rows of a query and leaves out those that
 * others have locked
 * @param locks the locks that keep work on the same thing apart
 * @param isolation the isolation level of transactions
 */
record Dialect(String name, @Nullable String now, String lockRows, Locks locks, int isolation) {

	private static final String POSTGRESQL_NAME = "postgresql";

	static final Dialect POSTGRESQL = new Dialect(POSTGRESQL_NAME,
			"CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)", " FOR UPDATE SKIP LOCKED", Locks.ADVISORY,
			TransactionDefinition.ISOLATION_READ_COMMITTED);

	static final Dialect H2 = new Dialect("h2", null, " FOR UPDATE SKIP LOCKED", Locks.QUEUE,
			TransactionDefinition.ISOLATION_READ_COMMITTED);

	static final Dialect SQLITE = new Dialect("sqlite", null, "", Locks.DATABASE,
			TransactionDefinition.ISOLATION_DEFAULT);

	/**
	 * Finds out which database it is.
	 * @param dataSource the database
	 * @return the dialect
	 * @throws UnsupportedDatabaseException if there is none for this database
	 */
	static Dialect of(DataSource dataSource) {
		try {
			return JdbcUtils.extractDatabaseMetaData(dataSource, Dialect::of);
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("The database of a queue does not answer: " + ex.getMessage(), ex);
		}
	}

	private static Dialect of(DatabaseMetaData metaData) throws SQLException {
		String product = metaData.getDatabaseProductName();
		Dialect dialect = switch (product.toLowerCase(Locale.ROOT)) {
			case "postgresql" -> POSTGRESQL;
			case "h2" -> H2;
			case "sqlite" -> SQLITE;
			default -> throw new UnsupportedDatabaseException(product);
		};
		return dialect.from(metaData.getConnection().getTransactionIsolation());
	}

	// Whoever asks for an isolation level asks the database for that of the connection,
	// too, in each transaction.
	private Dialect from(int isolation) {
		return (isolation != this.isolation) ? this
				: new Dialect(this.name, this.now, this.lockRows, this.locks, TransactionDefinition.ISOLATION_DEFAULT);
	}

	/**
	 * One more column of a query, which has the transaction not wait for the disk when it
	 * is committed. What it has done is lost if the machine of the database fails just
	 * then, but if any other process dies, it is not.
	 * @return the column with a comma before it, empty if there is no such way
	 */
	String lazily() {
		return this.name.equals(POSTGRESQL_NAME) ? ", set_config('synchronous_commit', 'off', true)" : "";
	}

	/**
	 * The location of the script that creates the tables.
	 * @return the location, for a resource loader of Spring
	 */
	String script() {
		return "classpath:io/pubsub/jdbc/queue/" + this.name + ".sql";
	}

	/**
	 * How work on the same thing is kept apart.
	 */
	enum Locks {

		/** A lock for each thing, such as a group, held to the end of a transaction. */
		ADVISORY,

		/** The row of the queue, which is locked to the end of a transaction. */
		QUEUE,

		/** None are needed: the database has one transaction at a time. */
		DATABASE

	}

}
