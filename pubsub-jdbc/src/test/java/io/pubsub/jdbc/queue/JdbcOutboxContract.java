package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.pubsub.publish.PublishScope;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The promises that a {@link JdbcOutbox} keeps.
 */
abstract class JdbcOutboxContract {

	private @Nullable OutboxFixture fixture;

	abstract QueueDatabase database();

	private OutboxFixture fixture() {
		if (this.fixture == null) {
			this.fixture = new OutboxFixture(database(), database().outbox().options(OutboxFixture.OPTIONS));
		}
		return this.fixture;
	}

	private OutboxFixture fixture(JdbcOutboxBuilder builder) {
		this.fixture = new OutboxFixture(database(), builder);
		return this.fixture;
	}

	@AfterEach
	void destroyOutbox() {
		if (this.fixture != null) {
			this.fixture.outbox.destroy();
		}
	}

	@Test
	void publishesWhatIsCommitted() {
		fixture().transaction.executeWithoutResult((status) -> {
			fixture().produce("a1");
			fixture().produce("b1");
			assertThat(fixture().published()).isEmpty();
		});
		assertThat(fixture().published()).containsExactlyInAnyOrder("a1", "b1");
		assertThat(fixture().outbox.state().waiting()).isZero();
		assertThat(fixture().outbox.relayed()).isEqualTo(2);
	}

	@Test
	void publishesNothingThatIsRolledBack() {
		fixture().transaction.executeWithoutResult((status) -> {
			fixture().produce("a1");
			status.setRollbackOnly();
		});
		fixture().passTime(Duration.ofSeconds(2));
		assertThat(fixture().published()).isEmpty();
	}

	@Test
	void publishesNothingThatIsRolledBackToASavepoint() {
		TransactionTemplate nested = new TransactionTemplate(new JdbcTransactionManager(fixture().dataSource()));
		nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		fixture().transaction.executeWithoutResult((status) -> {
			fixture().produce("a1");
			nested.executeWithoutResult((inner) -> {
				fixture().produce("a2");
				inner.setRollbackOnly();
			});
			fixture().produce("a3");
		});
		assertThat(fixture().published()).containsExactly("a1", "a3");
	}

	@Test
	void publishesInTheOrderOfAGroup() {
		List<String> texts = IntStream.range(0, 60).mapToObj((number) -> "a" + number).toList();
		fixture().commit(texts.toArray(String[]::new));
		assertThat(fixture().published()).containsExactlyElementsOf(texts);
	}

	@Test
	void publishesAtOnceOutsideOfTransactions() {
		fixture().produce("a1");
		assertThat(fixture().published()).containsExactly("a1");
		assertThat(fixture().outbox.relayed()).isZero();
	}

	@Test
	void keepsWhatIsProducedOutsideOfTransactionsWhenToldSo() {
		OutboxFixture keeping = fixture(database().outbox().keepsAll(true));
		keeping.outages.add("orders.fifo");
		keeping.produce("a1");
		assertThat(keeping.outbox.state().waiting()).isOne();
		keeping.outages.clear();
		keeping.passTime(Duration.ofSeconds(3));
		assertThat(keeping.published()).containsExactly("a1");
	}

	@Test
	void publishesWhatIsProducedAfterTheCommit() {
		fixture().transaction.executeWithoutResult(
				(status) -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						fixture().produce("a1");
					}

				}));
		assertThat(fixture().published()).containsExactly("a1");
	}

	@Test
	void keepsWhatIsProducedRightBeforeTheCommit() {
		fixture().outages.add("orders.fifo");
		fixture().transaction.executeWithoutResult((status) -> {
			fixture().produce("a1");
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void beforeCommit(boolean readOnly) {
					fixture().produce("a2");
				}

			});
		});
		assertThat(fixture().outbox.state().waiting()).isEqualTo(2);
	}

	@Test
	void keepsWhatATransactionInsideOfADeferringMethodCommits() {
		fixture().outages.add("orders.fifo");
		try (PublishScope scope = fixture().scopes.open()) {
			fixture().commit("a1");
			assertThat(fixture().outbox.state().waiting()).isOne();
		}
		assertThat(fixture().outbox.state().waiting()).isOne();
	}

	@Test
	void keepsWhatADeferringMethodInsideOfATransactionCommits() {
		fixture().outages.add("orders.fifo");
		fixture().transaction.executeWithoutResult((status) -> {
			try (PublishScope scope = fixture().scopes.open()) {
				fixture().produce("a1");
				scope.commit();
			}
			fixture().scopes.publishBeforeCommit();
		});
		assertThat(fixture().outbox.state().waiting()).isOne();
	}

	@Test
	void parksWhatIsRefusedForItsOwnSakeAndHoldsItsGroup() {
		fixture().refused.add("a1");
		fixture().commit("a1", "a2", "b1");
		fixture().passTimeInSteps(5);
		assertThat(fixture().published()).containsExactly("b1");
		assertThat(fixture().outbox.parked(10)).singleElement().satisfies((parked) -> {
			assertThat(parked.attempts()).isEqualTo(3);
			assertThat(parked.reason()).isEqualTo("not such a text");
			assertThat(OutboxFixture.text(parked.message())).isEqualTo("a1");
		});
		assertThat(fixture().outbox.refused()).isOne();
	}

	@Test
	void publishesWhatIsReleasedBeforeWhatCameLater() {
		fixture().refused.add("a1");
		fixture().commit("a1", "a2");
		fixture().passTimeInSteps(5);
		fixture().refused.clear();
		assertThat(fixture().outbox.release(fixture().outbox.parked(1).get(0).id())).isTrue();
		assertThat(fixture().published()).containsExactly("a1", "a2");
	}

	@Test
	void goesOnWithTheGroupOfWhatIsDiscarded() {
		fixture().refused.add("a1");
		fixture().commit("a1", "a2");
		fixture().passTimeInSteps(5);
		String id = fixture().outbox.parked(1).get(0).id();
		assertThat(fixture().outbox.discard(id)).isTrue();
		assertThat(fixture().outbox.discard(id)).isFalse();
		assertThat(fixture().published()).containsExactly("a2");
	}

	@Test
	void goesOnWithTheGroupOfWhatIsParkedWhenToldSo() {
		OutboxOptions options = new OutboxOptions(Duration.ofSeconds(30), Duration.ofSeconds(1), 1,
				OutboxFixture.OPTIONS.backoff(), Duration.ZERO, true);
		OutboxFixture continuing = fixture(database().outbox().options(options));
		continuing.refused.add("a1");
		continuing.commit("a1", "a2");
		assertThat(continuing.published()).containsExactly("a2");
		assertThat(continuing.outbox.state().parked()).isOne();
	}

	@Test
	void countsAnOutageAsNobodysAttempt() {
		fixture().outages.add("orders.fifo");
		fixture().commit("a1", "a2");
		fixture().passTimeInSteps(20);
		assertThat(fixture().outbox.state().failing()).containsEntry("orders.fifo", "no network");
		assertThat(fixture().outbox.state().parked()).isZero();
		fixture().outages.clear();
		fixture().passTimeInSteps(35);
		assertThat(fixture().published()).containsExactly("a1", "a2");
		assertThat(fixture().outbox.state().failing()).isEmpty();
	}

	@Test
	void publishesToOneAddressWhileAnotherOneFails() {
		fixture().outages.add("other.fifo");
		fixture().transaction.executeWithoutResult((status) -> IntStream.range(0, 300)
			.forEach((number) -> fixture().produce("text/other", "x" + number + "x")));
		fixture().commit("a1");
		assertThat(fixture().published()).containsExactly("a1");
	}

	@Test
	void repeatsAMessageWithTheSameDeduplicationId() {
		fixture().outages.add("orders.fifo");
		fixture().commit("a1");
		String kept = JdbcClient.create(fixture().dataSource())
			.sql("SELECT deduplication_id FROM pubsub_message")
			.query(String.class)
			.single();
		fixture().outages.clear();
		fixture().passTimeInSteps(3);
		assertThat(fixture().messages).extracting(OutboundMessage::deduplicationId).containsExactly(kept);
	}

	@Test
	void publishesWhatADeadInstanceHasClaimed() {
		OutboxFixture alive = fixture();
		JdbcOutbox dead = database().outbox().options(OutboxFixture.OPTIONS).executor(Runnable::run).build();
		alive.outbox.stop(Duration.ZERO);
		alive.commit("a1");
		CompletableFuture<List<PublishResult>> never = new CompletableFuture<>();
		dead.start((messages) -> never);
		dead.destroy();
		alive.outbox.start(alive);
		assertThat(alive.published()).isEmpty();
		alive.passTimeInSteps(31);
		assertThat(alive.published()).containsExactly("a1");
	}

	@Test
	void keepsTheRowsOfPublishedMessagesForATime() {
		OutboxOptions options = new OutboxOptions(Duration.ofSeconds(30), Duration.ofSeconds(1), 3,
				OutboxFixture.OPTIONS.backoff(), Duration.ofMinutes(10), false);
		OutboxFixture keeping = fixture(database().outbox().options(options));
		keeping.commit("a1");
		assertThat(rows(keeping)).isOne();
		assertThat(keeping.outbox.state().waiting()).isZero();
		keeping.passTime(Duration.ofMinutes(9));
		assertThat(rows(keeping)).isOne();
		keeping.passTime(Duration.ofMinutes(2));
		assertThat(rows(keeping)).isZero();
	}

	private static long rows(OutboxFixture fixture) {
		return JdbcClient.create(fixture.dataSource())
			.sql("SELECT COUNT(*) FROM pubsub_message")
			.query(Long.class)
			.single();
	}

	@Test
	void refusesATransactionOfAnotherDatabase() {
		DriverManagerDataSource other = new DriverManagerDataSource("jdbc:h2:mem:other");
		TransactionTemplate foreign = new TransactionTemplate(new JdbcTransactionManager(other));
		assertThatExceptionOfType(ForeignTransactionException.class)
			.isThrownBy(() -> foreign.executeWithoutResult((status) -> fixture().produce("a1")))
			.withMessageContaining("is not one of the outbox's database");
		assertThat(fixture().published()).isEmpty();
		assertThat(rows(fixture())).isZero();
	}

	@Test
	void refusesAReadOnlyTransaction() {
		fixture().transaction.setReadOnly(true);
		assertThatIllegalStateException().isThrownBy(() -> fixture().commit("a1")).withMessageContaining("read-only");
	}

	@Test
	void refusesATransactionManagerOfAnotherDatabase() {
		DriverManagerDataSource other = new DriverManagerDataSource("jdbc:h2:mem:other");
		JdbcOutboxBuilder builder = database().outbox().transactionManager(new JdbcTransactionManager(other));
		assertThatExceptionOfType(UnrelatedTransactionsException.class).isThrownBy(builder::build)
			.withMessageContaining("The transactions of the JdbcTransactionManager are not those");
	}

}
