package io.pubsub.jdbc.queue;

import java.nio.file.Path;
import java.time.Duration;

import io.pubsub.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JdbcOutboxBuilder}.
 */
class JdbcOutboxBuilderTests {

	@Test
	void refusesADatabaseWithOneTransactionAtATime(@TempDir Path directory) {
		JdbcOutboxBuilder builder = JdbcOutbox.builder("orders",
				new DriverManagerDataSource("jdbc:sqlite:" + directory.resolve("orders.db")));
		assertThatExceptionOfType(UnsupportedDatabaseException.class).isThrownBy(builder::build)
			.withMessageStartingWith("An outbox can be kept in PostgreSQL and H2, not in sqlite");
	}

	@Test
	void looksBehindAProxyThatKnowsTransactions() {
		JdbcOutbox outbox = JdbcOutbox
			.builder("orders",
					new TransactionAwareDataSourceProxy(
							new DriverManagerDataSource("jdbc:h2:mem:proxied;DB_CLOSE_DELAY=-1")))
			.createTables(true)
			.build();
		assertThat(outbox.state().waiting()).isZero();
		outbox.destroy();
	}

	@Test
	void refusesALongName() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> JdbcOutbox.builder("x".repeat(81), new DriverManagerDataSource()))
			.withMessageContaining("cannot be the name of an outbox");
	}

	@Test
	void refusesAnImpossibleLease() {
		OutboxOptions usual = OutboxOptions.DEFAULT;
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(
				() -> new OutboxOptions(Duration.ZERO, usual.pollInterval(), 1, usual.backoff(), Duration.ZERO, false))
			.withMessageContaining("the lease of an outbox must be from 1s to 12h");
	}

}
