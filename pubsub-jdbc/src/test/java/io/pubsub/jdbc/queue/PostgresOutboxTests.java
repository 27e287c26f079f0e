package io.pubsub.jdbc.queue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Tests for {@link JdbcOutbox} in PostgreSQL, where it is installed.
 */
@EnabledIf(value = "io.pubsub.jdbc.PostgresServer#isInstalled", disabledReason = "PostgreSQL is not installed")
class PostgresOutboxTests extends JdbcOutboxContract {

	private @Nullable QueueDatabase database;

	@Override
	QueueDatabase database() {
		if (this.database == null) {
			this.database = QueueDatabase.postgresql();
		}
		return this.database;
	}

}
