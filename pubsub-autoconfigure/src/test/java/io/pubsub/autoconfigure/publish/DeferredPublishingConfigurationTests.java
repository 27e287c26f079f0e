package io.pubsub.autoconfigure.publish;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.pubsub.DeferPublishing;
import io.pubsub.Handles;
import io.pubsub.Outcome;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.publish.PublishException;
import io.pubsub.publish.PublishScopes;
import io.pubsub.publish.PublishTransactions;
import io.pubsub.publish.SnsProducer;
import io.pubsub.transport.Source;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link DeferredPublishingConfiguration}.
 */
class DeferredPublishingConfigurationTests {

	private final PublishingFixture fixture = new PublishingFixture();

	private final ApplicationContextRunner contextRunner = this.fixture.contextRunner;

	private final TransactionTemplate transaction = new TransactionTemplate(new TransactionsOfNothing());

	@Test
	void publishesWhatAMethodProducedWhenItReturns() {
		this.contextRunner.withBean(Shop.class).run((context) -> {
			context.getBean(Shop.class).sell("a", () -> assertThat(this.fixture.texts()).isEmpty());
			assertThat(this.fixture.texts()).containsExactly("a", "a again");
		});
	}

	@Test
	void publishesNothingWhenTheMethodThrows() {
		this.contextRunner.withBean(Shop.class).run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(Shop.class).sell("a", () -> {
				throw new IllegalStateException("sold out");
			})).withMessage("sold out");
			assertThat(this.fixture.texts()).isEmpty();
		});
	}

	@Test
	void defersInEveryMethodOfAnAnnotatedClass() {
		this.contextRunner.withBean(Warehouse.class).run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(Warehouse.class).take("a"));
			assertThat(this.fixture.texts()).isEmpty();
		});
	}

	@Test
	void defersInEveryMethodOfAClassWhoseSuperclassIsAnnotated() {
		this.contextRunner.withBean(Depot.class).run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(Depot.class).take("a"));
			assertThat(this.fixture.texts()).isEmpty();
		});
	}

	@Test
	void refusesAMethodThatNoProxyCanStandBefore() {
		this.contextRunner.withBean("closed", Closed.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("@DeferPublishing", "'closed.sell'", "private"));
	}

	@Test
	void leavesOtherMethodsAlone() {
		this.contextRunner.withBean(Shop.class).run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(Shop.class).announce("a"));
			assertThat(this.fixture.texts()).containsExactly("a");
		});
	}

	@Test
	void keepsConcurrentCallsApart() {
		CyclicBarrier allInside = new CyclicBarrier(4);
		this.contextRunner.withBean(Shop.class).run((context) -> {
			Shop shop = context.getBean(Shop.class);
			IntStream.range(0, 4)
				.mapToObj((i) -> CompletableFuture.runAsync(
						() -> shop.sell("sku-" + i, () -> meet(allInside, i % 2 == 0)),
						(task) -> new Thread(task).start()))
				.toList()
				.forEach((call) -> call.handle((result, failure) -> failure).join());
			assertThat(this.fixture.texts()).containsExactlyInAnyOrder("sku-0", "sku-0 again", "sku-2", "sku-2 again");
		});
	}

	@Test
	void publishesWhatAHandlerDeferredBeforeItsMessageIsAcknowledged() {
		handle("forward", (outcome) -> {
			assertThat(outcome.kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
			assertThat(this.fixture.texts()).containsExactly("forward");
			assertThat(this.fixture.queue.size()).isZero();
		});
	}

	@Test
	void publishesNothingOfAHandlerThatSkips() {
		handle("skip", (outcome) -> {
			assertThat(outcome.kind()).isEqualTo(Outcome.Kind.SKIPPED);
			assertThat(this.fixture.texts()).isEmpty();
		});
	}

	@Test
	void publishesNothingOfAHandlerThatSkipsAfterItsOwnTransaction() {
		handle(TransactionalForwarder.class, "skip", (outcome) -> {
			assertThat(outcome.kind()).isEqualTo(Outcome.Kind.SKIPPED);
			assertThat(this.fixture.texts()).isEmpty();
		});
	}

	@Test
	void publishesWhatAHandlerDeferredInItsOwnTransaction() {
		handle(TransactionalForwarder.class, "forward",
				(outcome) -> assertThat(this.fixture.texts()).containsExactly("forward"));
	}

	@Test
	void failsTheMessageWhenPublishingFails() {
		this.fixture.destination.refuse("topic", new IllegalStateException("broken"));
		handle("forward", (outcome) -> {
			assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
			assertThat(outcome.cause()).isInstanceOf(PublishException.class);
			assertThat(this.fixture.queue.size()).isEqualTo(1);
		});
	}

	@Test
	void publishesNothingOfATransactionThatIsRolledBackInsideOfAMethod() {
		this.contextRunner.withBean(Shop.class).run((context) -> {
			context.getBean(Shop.class).sell("a", () -> this.transaction.executeWithoutResult((status) -> {
				PublishingFixture.produce(context, "rolled back");
				status.setRollbackOnly();
			}));
			assertThat(this.fixture.texts()).containsExactly("a", "a again");
		});
	}

	@Test
	void backsOffWhenTheUserProvidesScopes() {
		PublishScopes scopes = new PublishScopes(PublishTransactions.none());
		this.contextRunner.withBean(PublishScopes.class, () -> scopes)
			.run((context) -> assertThat(context).getBean(PublishScopes.class).isSameAs(scopes));
	}

	private void handle(String text, Consumer<Outcome> assertions) {
		handle(Forwarder.class, text, assertions);
	}

	private void handle(Class<?> handler, String text, Consumer<Outcome> assertions) {
		this.fixture.queue.send("""
				{"mediaType": "application/vnd.example.pubsub._.created.scanned", "text": "%s"}""".formatted(text));
		CompletableFuture<Outcome> outcome = new CompletableFuture<>();
		this.contextRunner.withBean(Source.class, this.fixture.queue::source)
			.withBean(handler)
			.withUserConfiguration(Transactions.class)
			.withBean(OutcomeListener.class, () -> (result) -> outcome.complete(result.outcome()))
			.run((context) -> assertions.accept(outcome.get(10, TimeUnit.SECONDS)));
	}

	private static void meet(CyclicBarrier barrier, boolean succeed) {
		try {
			barrier.await(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		if (!succeed) {
			throw new IllegalStateException("told to fail");
		}
	}

	static class Shop {

		private final SnsProducer producer;

		Shop(SnsProducer producer) {
			this.producer = producer;
		}

		@DeferPublishing
		void sell(String text, Runnable work) {
			this.producer.produce(new ScannedMessage(text));
			this.producer.produceAsync(new ScannedMessage(text + " again"));
			work.run();
		}

		void announce(String text) {
			this.producer.produce(new ScannedMessage(text));
			throw new IllegalStateException("too late");
		}

	}

	@DeferPublishing
	static class Warehouse {

		private final SnsProducer producer;

		Warehouse(SnsProducer producer) {
			this.producer = producer;
		}

		void take(String text) {
			this.producer.produce(new ScannedMessage(text));
			throw new IllegalStateException("empty");
		}

	}

	static class Depot extends Warehouse {

		Depot(SnsProducer producer) {
			super(producer);
		}

	}

	static class Closed {

		@DeferPublishing
		private void sell(String sku) {
		}

	}

	static class Forwarder {

		private final SnsProducer producer;

		Forwarder(SnsProducer producer) {
			this.producer = producer;
		}

		@Handles
		@DeferPublishing
		boolean on(ScannedMessage message) {
			this.producer.produce(new ScannedMessage(message.text()));
			return !message.text().equals("skip");
		}

	}

	static class TransactionalForwarder {

		private final SnsProducer producer;

		TransactionalForwarder(SnsProducer producer) {
			this.producer = producer;
		}

		@Handles
		@DeferPublishing
		@Transactional
		boolean on(ScannedMessage message) {
			assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isTrue();
			this.producer.produce(new ScannedMessage(message.text()));
			return !message.text().equals("skip");
		}

	}

	@EnableTransactionManagement(proxyTargetClass = true)
	static class Transactions {

		@Bean
		PlatformTransactionManager transactionManager() {
			return new TransactionsOfNothing();
		}

	}

}
