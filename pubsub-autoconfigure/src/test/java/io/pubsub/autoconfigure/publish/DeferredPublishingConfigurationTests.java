package io.pubsub.autoconfigure.publish;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.pubsub.DeferPublishing;
import io.pubsub.Handles;
import io.pubsub.MediaTypes;
import io.pubsub.Outcome;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SharedHttpClient;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.publish.BatchMessage;
import io.pubsub.publish.NoTopicException;
import io.pubsub.publish.PublishBatchHandler;
import io.pubsub.publish.PublishException;
import io.pubsub.publish.PublishScopes;
import io.pubsub.publish.PublishTransactions;
import io.pubsub.publish.SnsProducer;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link DeferredPublishingConfiguration}.
 */
class DeferredPublishingConfigurationTests {

	private static final String BATCHES = "pubsub.producer.topics.created.batch_message=batches";

	private final InMemoryDestination destination = new InMemoryDestination();

	private final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	private final TransactionTemplate transaction = new TransactionTemplate(new NoResources());

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(SharedHttpClient.class)
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class,
				AwsAutoConfiguration.class, PubSubAutoConfiguration.class, PubSubProducerAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class))
		.withBean(Destination.class, () -> this.destination)
		.withPropertyValues("pubsub.organization=example", "pubsub.producer.topics.default=topic",
				"pubsub.consumer.drain=1s", "spring.cloud.aws.region.static=eu-west-1");

	@Test
	void publishesWhatAMethodProducedWhenItReturns() {
		this.contextRunner.withBean(Shop.class).run((context) -> {
			context.getBean(Shop.class).sell("a", () -> assertThat(texts()).isEmpty());
			assertThat(texts()).containsExactly("a", "a again");
		});
	}

	@Test
	void publishesNothingWhenTheMethodThrows() {
		this.contextRunner.withBean(Shop.class).run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(Shop.class).sell("a", () -> {
				throw new IllegalStateException("sold out");
			})).withMessage("sold out");
			assertThat(texts()).isEmpty();
		});
	}

	@Test
	void defersInEveryMethodOfAnAnnotatedClass() {
		this.contextRunner.withBean(Warehouse.class).run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(Warehouse.class).take("a"));
			assertThat(texts()).isEmpty();
		});
	}

	@Test
	void defersInEveryMethodOfAClassWhoseSuperclassIsAnnotated() {
		this.contextRunner.withBean(Depot.class).run((context) -> {
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(Depot.class).take("a"));
			assertThat(texts()).isEmpty();
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
			assertThat(texts()).containsExactly("a");
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
			assertThat(texts()).containsExactlyInAnyOrder("sku-0", "sku-0 again", "sku-2", "sku-2 again");
		});
	}

	@Test
	void publishesWhatAHandlerDeferredBeforeItsMessageIsAcknowledged() {
		handle("forward", (outcome) -> {
			assertThat(outcome.kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
			assertThat(texts()).containsExactly("forward");
			assertThat(this.queue.size()).isZero();
		});
	}

	@Test
	void publishesNothingOfAHandlerThatSkips() {
		handle("skip", (outcome) -> {
			assertThat(outcome.kind()).isEqualTo(Outcome.Kind.SKIPPED);
			assertThat(texts()).isEmpty();
		});
	}

	@Test
	void publishesNothingOfAHandlerThatSkipsAfterItsOwnTransaction() {
		handle(TransactionalForwarder.class, "skip", (outcome) -> {
			assertThat(outcome.kind()).isEqualTo(Outcome.Kind.SKIPPED);
			assertThat(texts()).isEmpty();
		});
	}

	@Test
	void publishesWhatAHandlerDeferredInItsOwnTransaction() {
		handle(TransactionalForwarder.class, "forward", (outcome) -> assertThat(texts()).containsExactly("forward"));
	}

	@Test
	void failsTheMessageWhenPublishingFails() {
		this.destination.refuse("topic", new IllegalStateException("broken"));
		handle("forward", (outcome) -> {
			assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
			assertThat(outcome.cause()).isInstanceOf(PublishException.class);
			assertThat(this.queue.size()).isEqualTo(1);
		});
	}

	@Test
	void waitsForTheCommitOfATransaction() {
		this.contextRunner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> {
				produce(context, "a");
				produce(context, "b");
				assertThat(texts()).isEmpty();
			});
			assertThat(texts()).containsExactly("a", "b");
		});
	}

	@Test
	void publishesNothingOnRollback() {
		this.contextRunner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> {
				produce(context, "a");
				status.setRollbackOnly();
			});
			produce(context, "b");
			assertThat(texts()).containsExactly("b");
		});
	}

	@Test
	void publishesNothingOfATransactionThatIsRolledBackInsideOfAMethod() {
		this.contextRunner.withBean(Shop.class).run((context) -> {
			context.getBean(Shop.class).sell("a", () -> this.transaction.executeWithoutResult((status) -> {
				produce(context, "rolled back");
				status.setRollbackOnly();
			}));
			assertThat(texts()).containsExactly("a", "a again");
		});
	}

	@Test
	void publishesForATransactionOfItsOwnWhateverBecomesOfTheOneAround() {
		TransactionTemplate own = new TransactionTemplate(new NoResources());
		own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.contextRunner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> {
				produce(context, "around");
				own.executeWithoutResult((inner) -> produce(context, "own"));
				status.setRollbackOnly();
			});
			assertThat(texts()).containsExactly("own");
		});
	}

	@Test
	void tellsWhoCommitsThatPublishingFailed() {
		this.destination.refuse("topic", new IllegalStateException("broken"));
		this.contextRunner.run((context) -> assertThatExceptionOfType(PublishException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> produce(context, "a")))
			.withMessageContaining("broken"));
	}

	@Test
	void publishesWhatIsProducedAfterTheCommit() {
		this.contextRunner.run((context) -> {
			this.transaction.executeWithoutResult((status) -> TransactionSynchronizationManager
				.registerSynchronization(new TransactionSynchronization() {
					@Override
					public void afterCommit() {
						produce(context, "a");
					}
				}));
			assertThat(texts()).containsExactly("a");
		});
	}

	@Test
	void waitsForNoCommitWhenToldSo() {
		this.contextRunner.withPropertyValues("pubsub.producer.after-commit=false")
			.run((context) -> this.transaction.executeWithoutResult((status) -> {
				produce(context, "a");
				assertThat(texts()).containsExactly("a");
			}));
	}

	@Test
	void needsNoTransactions() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(TransactionSynchronizationManager.class))
			.run((context) -> {
				produce(context, "a");
				assertThat(context).doesNotHaveBean(PublishTransactions.class);
				assertThat(texts()).containsExactly("a");
			});
	}

	@Test
	void backsOffWhenTheUserProvidesScopes() {
		PublishScopes scopes = new PublishScopes(PublishTransactions.none());
		this.contextRunner.withBean(PublishScopes.class, () -> scopes)
			.run((context) -> assertThat(context).getBean(PublishScopes.class).isSameAs(scopes));
	}

	@Test
	void relaysSeveralMessagesAsOneWhenToldSo() {
		this.contextRunner.withPropertyValues("pubsub.producer.batching=relay", BATCHES).run((context) -> {
			context.getBean(SnsProducer.class).deferred((publisher) -> {
				publisher.produce(new ScannedMessage("a"));
				publisher.produce(new ScannedMessage("b"));
			});
			assertThat(this.destination.published()).extracting(OutboundMessage::address).containsExactly("batches");
		});
	}

	@Test
	void refusesToRelayWithoutATopicForBatches() {
		this.contextRunner.withPropertyValues("pubsub.producer.batching=relay")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoTopicException.class)
				.hasMessageContaining("never go to the default topic"));
	}

	@Test
	void republishesNoBatchesByDefault() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(PublishBatchHandler.class));
	}

	@Test
	void republishesBatchesWhenToldSo() {
		this.destination.link("batches", this.queue);
		this.contextRunner.withBean(Source.class, this.queue::source)
			.withPropertyValues("pubsub.producer.batching=relay", "pubsub.consumer.republish-batches=true", BATCHES)
			.run((context) -> {
				context.getBean(SnsProducer.class)
					.produceAll(List.of(new ScannedMessage("a"), new ScannedMessage("b")))
					.orThrow();
				Awaitility.await().untilAsserted(() -> assertThat(texts()).containsExactly("", "a", "b"));
			});
	}

	@Test
	void knowsTheMediaTypeOfBatches() {
		this.contextRunner.run((context) -> assertThat(context.getBean(MediaTypes.class).of(BatchMessage.class))
			.hasToString("application/vnd.example.pubsub._.created.batch_message"));
	}

	private void handle(String text, Consumer<Outcome> assertions) {
		handle(Forwarder.class, text, assertions);
	}

	private void handle(Class<?> handler, String text, Consumer<Outcome> assertions) {
		this.queue.send("""
				{"mediaType": "application/vnd.example.pubsub._.created.scanned", "text": "%s"}""".formatted(text));
		CompletableFuture<Outcome> outcome = new CompletableFuture<>();
		this.contextRunner.withBean(Source.class, this.queue::source)
			.withBean(handler)
			.withUserConfiguration(Transactions.class)
			.withBean(OutcomeListener.class, () -> (result) -> outcome.complete(result.outcome()))
			.run((context) -> assertions.accept(outcome.get(10, TimeUnit.SECONDS)));
	}

	private static void produce(ApplicationContext context, String text) {
		context.getBean(SnsProducer.class).produce(new ScannedMessage(text));
	}

	private List<String> texts() {
		return this.destination.published()
			.stream()
			.map((message) -> JsonMapper.shared().readTree(message.body()).path("text").asString(""))
			.toList();
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
			return new NoResources();
		}

	}

	/**
	 * Transactions of nothing.
	 */
	private static final class NoResources extends AbstractPlatformTransactionManager {

		private static final ThreadLocal<Boolean> ACTIVE = ThreadLocal.withInitial(() -> false);

		@Override
		protected Object doGetTransaction() {
			return new Object();
		}

		@Override
		protected boolean isExistingTransaction(Object transaction) {
			return ACTIVE.get();
		}

		@Override
		protected void doBegin(Object transaction, TransactionDefinition definition) {
			ACTIVE.set(true);
		}

		@Override
		protected Object doSuspend(Object transaction) {
			ACTIVE.set(false);
			return transaction;
		}

		@Override
		protected void doResume(Object transaction, Object suspendedResources) {
			ACTIVE.set(true);
		}

		@Override
		protected void doCommit(DefaultTransactionStatus status) {
		}

		@Override
		protected void doRollback(DefaultTransactionStatus status) {
		}

		@Override
		protected void doCleanupAfterCompletion(Object transaction) {
			ACTIVE.set(false);
		}

	}

}
