package io.pubsub.jdbc.idempotency;

import javax.sql.DataSource;

import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Tests for {@link JdbcIdempotencyStore} on PostgreSQL, where it is installed.
 */
@EnabledIf(value = "io.pubsub.jdbc.idempotency.PostgresServer#isInstalled",
		disabledReason = "PostgreSQL is not installed")
class PostgresIdempotencyStoreTests extends JdbcStoreContract {

	@Override
	DataSource dataSource() {
		return PostgresServer.dataSource();
	}

}
