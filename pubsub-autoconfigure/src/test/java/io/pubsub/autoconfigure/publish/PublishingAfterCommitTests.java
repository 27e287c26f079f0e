package io.pubsub.autoconfigure.publish;

import io.pubsub.publish.PublishException;
import io.pubsub.publish.PublishTransactions;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for publishing when a transaction has committed.
 */
class PublishingAfterCommitTests {

	private final PublishingFixture fixture = new PublishingFixture();

	private final ApplicationContextRunner contextRunner = this.fixture.contextRunner;

	private final TransactionTemplate transaction = new TransactionTemplate(new TransactionsOfNothing());

	@Test
	void waitsForTheCommitOfATransaction() {
		this.contextRunner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> {
				PublishingFixture.produce(context, "a");
				PublishingFixture.produce(context, "b");
				assertThat(this.fixture.texts()).isEmpty();
			});
			assertThat(this.fixture.texts()).containsExactly("a", "b");
		});
	}

	@Test
	void publishesNothingOnRollback() {
		this.contextRunner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> {
				PublishingFixture.produce(context, "a");
				status.setRollbackOnly();
			});
			PublishingFixture.produce(context, "b");
			assertThat(this.fixture.texts()).containsExactly("b");
		});
	}

	@Test
	void publishesForATransactionOfItsOwnWhateverBecomesOfTheOneAround() {
		TransactionTemplate own = new TransactionTemplate(new TransactionsOfNothing());
		own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.contextRunner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> {
				PublishingFixture.produce(context, "around");
				own.executeWithoutResult((inner) -> PublishingFixture.produce(context, "own"));
				status.setRollbackOnly();
			});
			assertThat(this.fixture.texts()).containsExactly("own");
		});
	}

	@Test
	void tellsWhoCommitsThatPublishingFailed() {
		this.fixture.destination.refuse("topic", new IllegalStateException("broken"));
		this.contextRunner.run((context) -> assertThatExceptionOfType(PublishException.class)
			.isThrownBy(
					() -> this.transaction.executeWithoutResult((status) -> PublishingFixture.produce(context, "a")))
			.withMessageContaining("broken"));
	}

	@Test
	void publishesWhatIsProducedAfterTheCommit() {
		this.contextRunner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> TransactionSynchronizationManager
				.registerSynchronization(new TransactionSynchronization() {
					@Override
					public void afterCommit() {
						PublishingFixture.produce(context, "a");
					}
				}));
			assertThat(this.fixture.texts()).containsExactly("a");
		});
	}

	@Test
	void waitsForNoCommitWhenToldSo() {
		this.contextRunner.withPropertyValues("pubsub.producer.after-commit=false")
			.run((context) -> this.transaction.executeWithoutResult((status) -> {
				PublishingFixture.produce(context, "a");
				assertThat(this.fixture.texts()).containsExactly("a");
			}));
	}

	@Test
	void needsNoTransactions() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(TransactionSynchronizationManager.class))
			.run((context) -> {
				PublishingFixture.produce(context, "a");
				assertThat(context).doesNotHaveBean(PublishTransactions.class);
				assertThat(this.fixture.texts()).containsExactly("a");
			});
	}

}
