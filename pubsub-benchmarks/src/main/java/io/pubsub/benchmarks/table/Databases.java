package io.pubsub.benchmarks.table;

import java.nio.file.Path;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.pubsub.benchmarks.scenario.Contender;
import io.pubsub.jdbc.queue.JdbcQueue;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The databases of the contenders.
 */
public final class Databases {

	private static final String SERVER = "jdbc:";

	private static final int PATIENCE_MILLIS = 60_000;

	private Databases() {
	}

	/**
	 * Open the queue of a contender.
	 * @param contender the contender
	 * @param address the URL of a server, or the path of a file of SQLite
	 * @param concurrency the number of messages that are handled at once
	 * @return the queue
	 */
	public static TableQueue open(Contender contender, String address, int concurrency) {
		boolean server = address.startsWith(SERVER);
		if (contender == Contender.NAIVE) {
			return new NaiveQueue(server ? pool(address) : file(address), server);
		}
		return new PubSubQueue(server ? JdbcQueue.builder("orders", pool(address)).createTables(true).build()
				: JdbcQueue.sqlite(Path.of(address)).build(), concurrency);
	}

	private static DataSource pool(String url) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url);
		return pool;
	}

	// As our own queue has it, so that nothing differs but the statements.
	private static DataSource file(String path) {
		SQLiteConfig config = new SQLiteConfig();
		config.setJournalMode(SQLiteConfig.JournalMode.WAL);
		config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
		config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
		config.setBusyTimeout(PATIENCE_MILLIS);
		SQLiteDataSource source = new SQLiteDataSource(config);
		source.setUrl("jdbc:sqlite:" + path);
		return source;
	}

}
