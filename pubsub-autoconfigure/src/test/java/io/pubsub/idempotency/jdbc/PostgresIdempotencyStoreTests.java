package io.pubsub.idempotency.jdbc;

import javax.sql.DataSource;

import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Tests for {@link JdbcIdempotencyStore} on PostgreSQL, where it is installed.
 */
@EnabledIf(value = "io.pubsub.idempotency.jdbc.PostgresServer#isInstalled",
		disabledReason = "PostgreSQL is not installed")
class PostgresIdempotencyStoreTests extends JdbcStoreContract {

	@Override
	DataSource dataSource() {
		return PostgresServer.dataSource();
	}

}
