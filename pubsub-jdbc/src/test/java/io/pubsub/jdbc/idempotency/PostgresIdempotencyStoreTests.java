package io.pubsub.jdbc.idempotency;

import javax.sql.DataSource;

import io.pubsub.jdbc.PostgresServer;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Tests for {@link JdbcIdempotencyStore} on PostgreSQL, where it is installed.
 */
@EnabledIf(value = "io.pubsub.jdbc.PostgresServer#isInstalled", disabledReason = "PostgreSQL is not installed")
class PostgresIdempotencyStoreTests extends JdbcStoreContract {

	@Override
	DataSource dataSource() {
		return PostgresServer.dataSource();
	}

}
