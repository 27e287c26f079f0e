package io.pubsub.jdbc.queue;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.datasource.init.ScriptException;

/**
 * Creates the tables of queues.
 */
final class QueueTables {

	private static final Logger logger = LoggerFactory.getLogger(JdbcQueue.class);

	// Each table and each index may be one that another process creates.
	private static final int MOST_ATTEMPTS = 6;

	private QueueTables() {
	}

	/**
	 * Creates the tables that are not there.
	 * @param dataSource the database
	 * @param dialect its dialect
	 */
	static void create(DataSource dataSource, Dialect dialect) {
		ResourceDatabasePopulator script = new ResourceDatabasePopulator(
				new DefaultResourceLoader().getResource(dialect.script()));
		for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
			if (succeeds(script, dataSource)) {
				return;
			}
		}
		script.execute(dataSource);
	}

	// Of two that create a table if there is none, at the same moment, one may fail.
	private static boolean succeeds(ResourceDatabasePopulator script, DataSource dataSource) {
		try {
			script.execute(dataSource);
			return true;
		}
		catch (ScriptException ex) {
			logger.debug("Another process may have created a table of queues at the same moment", ex);
			return false;
		}
	}

}
