package io.pubsub.autoconfigure.idempotency;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import io.pubsub.DeferPublishing;
import io.pubsub.Handles;
import io.pubsub.IdempotencyKey;
import io.pubsub.MessageSchema;
import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.dispatch.DispatchInterceptor;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.idempotency.IdempotencyStore;
import io.pubsub.jdbc.idempotency.JdbcIdempotencyStore;
import io.pubsub.publish.PublishException;
import io.pubsub.publish.SnsProducer;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Destination;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Source;
import jakarta.validation.constraints.NotNull;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for handling each message once, with {@link JdbcIdempotencyStore} on the whole
 * way of a message.
 */
class HandleOnceTests {

	private static final String TOPIC = "topic";

	private static final Duration BACKOFF = Duration.ofSeconds(5);

	private final TestClock clock = new TestClock();

	private final InMemoryQueue queue = new InMemoryQueue(this.clock);

	private final InMemoryDestination destination = new InMemoryDestination();

	private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

	private final Work work = new Work();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				TransactionAutoConfiguration.class, PubSubAutoConfiguration.class,
				PubSubProducerAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
				PubSubIdempotencyAutoConfiguration.class))
		.withBean(Clock.class, () -> this.clock)
		.withBean(Source.class, this.queue::source)
		.withBean(Destination.class, () -> this.destination)
		.withBean(OutcomeListener.class, () -> (result) -> this.outcomes.add(result.outcome()))
		.withBean(Work.class, () -> this.work)
		.withPropertyValues("pubsub.organization=example", "pubsub.producer.topics.default=" + TOPIC,
				"pubsub.consumer.drain=1s", "spring.cloud.aws.sns.enabled=false",
				"pubsub.consumer.idempotency.store=jdbc", "spring.application.name=payments");

	private final ApplicationContextRunner withCashier = this.contextRunner.withBean(Cashier.class);

	@Test
	void handlesOnceWhatSnsDeliversTwice() {
		this.withCashier.run((context) -> {
			createTable(context);
			send("created", "sns-1", "a");
			awaitOutcomes(Outcome.Kind.SUCCEEDED);
			send("created", "sns-1", "a");
			awaitOutcomes(Outcome.Kind.SUCCEEDED, Outcome.Kind.SKIPPED);
			assertThat(works(context)).containsExactly("a");
		});
	}

	@Test
	void handlesOnceWhatWasPublishedTwiceWithOneKey() {
		this.withCashier.run((context) -> {
			createTable(context);
			send("changed", "sns-1", "a");
			awaitOutcomes(Outcome.Kind.SUCCEEDED);
			send("changed", "sns-2", "a");
			send("changed", "sns-3", "b");
			awaitOutcomes(Outcome.Kind.SUCCEEDED, Outcome.Kind.SKIPPED, Outcome.Kind.SUCCEEDED);
			assertThat(works(context)).containsExactlyInAnyOrder("a", "b");
		});
	}

	@Test
	void doesNotHandleAgainAfterACrashBetweenCommitAndAcknowledgement() {
		this.withCashier.withBean(Crash.class).run((context) -> {
			createTable(context);
			send("created", "sns-1", "a");
			awaitOutcomes(Outcome.Kind.FAILED);
			this.clock.advance(BACKOFF);
			awaitOutcomes(Outcome.Kind.FAILED, Outcome.Kind.SKIPPED);
			assertThat(this.outcomes.get(1).reason()).isEqualTo("duplicate");
			assertThat(works(context)).containsExactly("a");
		});
	}

	@Test
	void handlesAfterACrashBeforeTheCommitWhenTheLeaseIsOver() {
		this.withCashier.run((context) -> {
			createTable(context);
			context.getBean(IdempotencyStore.class).claim("sns-1");
			send("created", "sns-1", "a");
			awaitOutcomes(Outcome.Kind.RETRIED);
			this.clock.advance(Duration.ofMinutes(5));
			awaitOutcomes(Outcome.Kind.RETRIED, Outcome.Kind.SUCCEEDED);
			assertThat(works(context)).containsExactly("a");
		});
	}

	@Test
	void handlesAgainWhatWasRolledBack() {
		this.withCashier.run((context) -> {
			createTable(context);
			this.work.failOnce(new IllegalStateException("broken"));
			send("created", "sns-1", "a");
			awaitOutcomes(Outcome.Kind.FAILED);
			assertThat(works(context)).isEmpty();
			this.clock.advance(BACKOFF);
			awaitOutcomes(Outcome.Kind.FAILED, Outcome.Kind.SUCCEEDED);
			assertThat(works(context)).containsExactly("a");
		});
	}

	@Test
	void rollsBackWhatIsToBeDeliveredAgain() {
		this.withCashier.run((context) -> {
			createTable(context);
			this.work.failOnce(new NackException(Duration.ofHours(1), "later"));
			send("created", "sns-1", "a");
			awaitOutcomes(Outcome.Kind.RETRIED);
			assertThat(works(context)).isEmpty();
		});
	}

	@Test
	void keepsASecondThreadWaitingUntilTheFirstIsDone() {
		this.withCashier.run((context) -> {
			createTable(context);
			CountDownLatch finish = this.work.hold();
			send("changed", "sns-1", "a");
			send("changed", "sns-2", "a");
			awaitOutcomes(Outcome.Kind.RETRIED);
			finish.countDown();
			awaitOutcomes(Outcome.Kind.RETRIED, Outcome.Kind.SUCCEEDED);
			this.clock.advance(Duration.ofMinutes(5));
			awaitOutcomes(Outcome.Kind.RETRIED, Outcome.Kind.SUCCEEDED, Outcome.Kind.SKIPPED);
			assertThat(works(context)).containsExactly("a");
		});
	}

	@Test
	void publishesBeforeTheCommit() {
		this.withCashier.run((context) -> {
			createTable(context);
			send("created", "sns-1", "a");
			awaitOutcomes(Outcome.Kind.SUCCEEDED);
			assertThat(this.destination.published()).hasSize(1);
		});
	}

	@Test
	void publishesNothingOfWhatWasRolledBack() {
		this.withCashier.run((context) -> {
			createTable(context);
			this.work.failOnce(new IllegalStateException("broken"));
			send("created", "sns-1", "a");
			awaitOutcomes(Outcome.Kind.FAILED);
			assertThat(this.destination.published()).isEmpty();
		});
	}

	@Test
	void isNotDoneUntilItsMessagesArePublished() {
		publishesAtTheSecondAttempt(this.withCashier);
	}

	@Test
	void isNotDoneUntilItsDeferredMessagesArePublished() {
		publishesAtTheSecondAttempt(this.contextRunner.withBean(DeferringCashier.class));
	}

	@Test
	void isNotDoneUntilTheMessagesOfItsOwnTransactionArePublished() {
		publishesAtTheSecondAttempt(this.contextRunner.withBean(TransactionalCashier.class));
	}

	private void publishesAtTheSecondAttempt(ApplicationContextRunner contextRunner) {
		contextRunner.run((context) -> {
			createTable(context);
			this.destination.refuse(TOPIC, new IOException("no route"));
			send("created", "sns-1", "a");
			awaitOutcomes(Outcome.Kind.FAILED);
			assertThat(this.outcomes.get(0).cause()).isInstanceOf(PublishException.class);
			assertThat(works(context)).isEmpty();
			this.destination.accept(TOPIC);
			this.clock.advance(BACKOFF);
			awaitOutcomes(Outcome.Kind.FAILED, Outcome.Kind.SUCCEEDED);
			assertThat(works(context)).containsExactly("a");
			assertThat(this.destination.published()).hasSize(1);
		});
	}

	private static void createTable(ApplicationContext context) {
		jdbc(context).sql("CREATE TABLE work (id VARCHAR(10))").update();
	}

	private static List<String> works(ApplicationContext context) {
		return jdbc(context).sql("SELECT id FROM work").query(String.class).list();
	}

	private static JdbcClient jdbc(ApplicationContext context) {
		return JdbcClient.create(context.getBean(DataSource.class));
	}

	private void send(String change, String snsMessageId, String payment) {
		String message = "{\"mediaType\": \"application/vnd.example.pubsub._.%s.payment\", \"id\": \"%s\"}"
			.formatted(change, payment);
		String body = "{\"Type\": \"Notification\", \"MessageId\": \"%s\", \"Message\": %s}".formatted(snsMessageId,
				new JsonMapper().writeValueAsString(message));
		this.queue.send(new InboundMessage(UUID.randomUUID().toString(), body));
	}

	private void awaitOutcomes(Outcome.Kind... kinds) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.outcomes).extracting(Outcome::kind).containsExactlyInAnyOrder(kinds));
	}

	@MessageSchema(resource = "payment")
	record Payment(@NotNull String id) {
	}

	@MessageSchema(resource = "payment", change = "changed")
	record ChangedPayment(@NotNull @IdempotencyKey String id) {
	}

	@MessageSchema(resource = "receipt")
	record Receipt(@NotNull String payment) {
	}

	/**
	 * What the handlers do besides their entry in the table.
	 */
	static class Work {

		private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

		private volatile CountDownLatch finish = new CountDownLatch(0);

		void failOnce(RuntimeException failure) {
			this.failure.set(failure);
		}

		CountDownLatch hold() {
			this.finish = new CountDownLatch(1);
			return this.finish;
		}

		void go() {
			try {
				assertThat(this.finish.await(30, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			RuntimeException failure = this.failure.getAndSet(null);
			if (failure != null) {
				throw failure;
			}
		}

	}

	static class Cashier {

		private final JdbcClient jdbc;

		private final SnsProducer producer;

		private final Work work;

		Cashier(DataSource dataSource, SnsProducer producer, Work work) {
			this.jdbc = JdbcClient.create(dataSource);
			this.producer = producer;
			this.work = work;
		}

		@Handles
		void on(Payment payment) {
			enter(payment.id());
		}

		@Handles
		void on(ChangedPayment payment) {
			enter(payment.id());
		}

		private void enter(String id) {
			this.jdbc.sql("INSERT INTO work VALUES (?)").param(id).update();
			this.producer.produce(new Receipt(id));
			this.work.go();
		}

	}

	static class DeferringCashier {

		private final Cashier cashier;

		DeferringCashier(DataSource dataSource, SnsProducer producer, Work work) {
			this.cashier = new Cashier(dataSource, producer, work);
		}

		@Handles
		@DeferPublishing
		void on(Payment payment) {
			this.cashier.on(payment);
		}

	}

	static class TransactionalCashier {

		private final Cashier cashier;

		TransactionalCashier(DataSource dataSource, SnsProducer producer, Work work) {
			this.cashier = new Cashier(dataSource, producer, work);
		}

		@Handles
		@Transactional
		void on(Payment payment) {
			this.cashier.on(payment);
		}

	}

	/**
	 * Ends the first delivery as a crash does, with everything done but the
	 * acknowledgement.
	 */
	static class Crash implements DispatchInterceptor {

		private final AtomicBoolean crashed = new AtomicBoolean();

		@Override
		public Phase phase() {
			return Phase.OBSERVE;
		}

		@Override
		public Outcome intercept(Invocation invocation) throws Exception {
			Outcome outcome = invocation.proceed();
			if (this.crashed.compareAndSet(false, true)) {
				throw new IllegalStateException("crash");
			}
			return outcome;
		}

	}

}
