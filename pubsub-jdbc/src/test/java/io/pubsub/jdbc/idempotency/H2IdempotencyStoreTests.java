package io.pubsub.jdbc.idempotency;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Tests for {@link JdbcIdempotencyStore} on H2.
 */
class H2IdempotencyStoreTests extends JdbcStoreContract {

	@Override
	DataSource dataSource() {
		return new DriverManagerDataSource("jdbc:h2:mem:idempotency;DB_CLOSE_DELAY=-1", "sa", "");
	}

}
