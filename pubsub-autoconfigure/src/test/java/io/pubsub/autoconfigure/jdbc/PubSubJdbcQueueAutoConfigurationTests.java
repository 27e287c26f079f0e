package io.pubsub.autoconfigure.jdbc;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import javax.sql.DataSource;

import io.pubsub.Handles;
import io.pubsub.MessageSchema;
import io.pubsub.autoconfigure.FailureAnalyses;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.pipeline.PubSubPipelineAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.jdbc.queue.JdbcQueue;
import io.pubsub.jdbc.queue.JdbcQueueSource;
import io.pubsub.jdbc.queue.ParkedMessage;
import io.pubsub.jdbc.queue.QueueMessage;
import io.pubsub.jdbc.queue.QueueOptions;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.publish.SnsProducer;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.transport.Destination;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubJdbcQueueAutoConfiguration}.
 */
class PubSubJdbcQueueAutoConfigurationTests {

	private static final String ORDER = "{\"mediaType\": \"application/vnd.test.order\", \"number\": 1}";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubJdbcQueueAutoConfiguration.class, PubSubSqsAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class))
		.withPropertyValues("pubsub.organization=test");

	private final ApplicationContextRunner withDatabase = this.contextRunner
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true");

	private final ApplicationContextRunner withProducer = this.contextRunner
		.withConfiguration(AutoConfigurations.of(PubSubProducerAutoConfiguration.class))
		.withBean(Destination.class, InMemoryDestination::new)
		.withPropertyValues("spring.cloud.aws.sns.enabled=false");

	private final ApplicationContextRunner withTopicInDatabase = this.withProducer
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true", "pubsub.consumer.enabled=false",
				"pubsub.producer.topics.default=jdbc:orders");

	@Test
	void consumesAFileOfSqlite(@TempDir Path directory) {
		Path file = directory.resolve("orders.db");
		this.contextRunner.withBean(Handler.class).withPropertyValues("pubsub.source=sqlite:" + file).run((context) -> {
			assertThat(context).getBean(Source.class).isInstanceOf(JdbcQueueSource.class);
			context.getBean(JdbcQueues.class).queue("sqlite:" + file).put(ORDER);
			Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(Handler.class).numbers).containsExactly(1));
		});
	}

	@Test
	void consumesAQueueInTheDatabaseOfTheApplication() {
		this.withDatabase.withPropertyValues("pubsub.source=jdbc:orders", "pubsub.consumer.auto-startup=false")
			.run((context) -> {
				assertThat(context).getBean(Source.class).isInstanceOf(JdbcQueueSource.class);
				JdbcQueue queue = context.getBean(JdbcQueues.class).queue("jdbc:orders");
				assertThat(queue.name()).isEqualTo("orders");
			});
	}

	@Test
	void backsOffWhenUserProvidesSource() {
		Source source = (receiver) -> {
			throw new IllegalStateException("not started");
		};
		this.contextRunner.withBean(Source.class, () -> source)
			.withPropertyValues("pubsub.source=jdbc:orders", "pubsub.consumer.auto-startup=false")
			.run((context) -> assertThat(context).getBean(Source.class).isSameAs(source));
	}

	@Test
	void createsNoTablesInADatabaseOfServers() {
		this.withDatabase.withPropertyValues("pubsub.source=jdbc:orders", "pubsub.jdbc.initialize-schema=never")
			.run((context) -> assertAnalysis(context, "The table pubsub_message cannot be read",
					"Run classpath:io/pubsub/jdbc/queue/h2.sql on the database, or let the application do it with"
							+ " pubsub.jdbc.initialize-schema=always."));
	}

	@Test
	void createsTablesAnywhereWhenToldSo() {
		this.withDatabase
			.withPropertyValues("pubsub.source=jdbc:orders", "pubsub.consumer.auto-startup=false",
					"pubsub.jdbc.initialize-schema=always")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void hasTheOptionsThatAreConfigured() {
		this.withDatabase
			.withPropertyValues("pubsub.source=jdbc:orders", "pubsub.consumer.auto-startup=false",
					"pubsub.jdbc.lease=5s", "pubsub.jdbc.max-attempts=2", "pubsub.jdbc.deduplication-window=0s",
					"pubsub.jdbc.poll-interval=200ms")
			.run((context) -> assertThat(context.getBean(PubSubJdbcProperties.class).options())
				.isEqualTo(new QueueOptions(Duration.ofSeconds(5), 2, Duration.ZERO, Duration.ofMillis(200))));
	}

	@Test
	void hasTheDefaultsOfQueues() {
		this.contextRunner.withPropertyValues("pubsub.consumer.enabled=false")
			.run((context) -> assertThat(context.getBean(PubSubJdbcProperties.class).options())
				.isEqualTo(QueueOptions.DEFAULT));
	}

	@Test
	void parksAfterTheConfiguredNumberOfAttempts(@TempDir Path directory) {
		String address = "sqlite:" + directory.resolve("orders.db");
		this.contextRunner.withBean(FailingHandler.class)
			.withPropertyValues("pubsub.source=" + address, "pubsub.jdbc.max-attempts=2",
					"pubsub.consumer.backoff.base=1ms")
			.run((context) -> {
				JdbcQueue queue = context.getBean(JdbcQueues.class).queue(address);
				queue.put(ORDER);
				Awaitility.await().until(() -> queue.state().parked() == 1);
				assertThat(queue.parked(1)).singleElement().extracting(ParkedMessage::attempts).isEqualTo(2);
			});
	}

	@Test
	void claimsAsManyAheadAsAreAtWork(@TempDir Path directory) {
		assertClaims("sqlite:" + directory.resolve("default.db"), "pubsub.consumer.max-prefetch=160", 2);
		assertClaims("sqlite:" + directory.resolve("none.db"), "pubsub.consumer.max-prefetch=0", 1);
	}

	private void assertClaims(String address, String property, int number) {
		CountDownLatch end = new CountDownLatch(1);
		this.contextRunner.withBean(SlowHandler.class, () -> new SlowHandler(end))
			.withPropertyValues("pubsub.source=" + address, "pubsub.consumer.concurrency=1", property)
			.run((context) -> {
				JdbcQueue queue = context.getBean(JdbcQueues.class).queue(address);
				queue.put(Collections.nCopies(5, new QueueMessage(ORDER)));
				Awaitility.await().until(() -> queue.state().atWork() == number);
				end.countDown();
				Awaitility.await().until(() -> queue.state().outstanding() == 0);
			});
	}

	@Test
	void publishesToAQueueAndConsumesIt(@TempDir Path directory) {
		String address = "sqlite:" + directory.resolve("orders.db");
		this.withProducer.withBean(Handler.class)
			.withPropertyValues("pubsub.source=" + address, "pubsub.producer.topics.default=" + address)
			.run((context) -> {
				context.getBean(SnsProducer.class).produce(new Order(7));
				Awaitility.await()
					.untilAsserted(() -> assertThat(context.getBean(Handler.class).numbers).containsExactly(7));
			});
	}

	@Test
	void publishesWithoutConsuming(@TempDir Path directory) {
		String address = "sqlite:" + directory.resolve("orders.db");
		this.withProducer
			.withPropertyValues("pubsub.consumer.enabled=false", "pubsub.producer.topics.default=" + address)
			.run((context) -> {
				context.getBean(SnsProducer.class).produce(new Order(7));
				assertThat(context).doesNotHaveBean(Source.class);
				assertThat(context.getBean(JdbcQueues.class).queue(address).state().waiting()).isOne();
			});
	}

	// What was produced comes when the transaction is over, and is not to join it.
	@Test
	void putsWhatWaitedForACommitInATransactionOfItsOwn() {
		this.withTopicInDatabase.run((context) -> {
			JdbcQueue queue = context.getBean(JdbcQueues.class).queue("jdbc:orders");
			TransactionTemplate transaction = new TransactionTemplate(
					context.getBean(PlatformTransactionManager.class));
			transaction.executeWithoutResult((status) -> {
				context.getBean(SnsProducer.class).produce(new Order(1));
				status.setRollbackOnly();
			});
			transaction.executeWithoutResult((status) -> {
				context.getBean(SnsProducer.class).produce(new Order(2));
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
					@Override
					public void afterCommit() {
						assertThat(CompletableFuture.supplyAsync(queue::state).join().waiting()).isOne();
					}
				});
			});
		});
	}

	@Test
	void putsInTheTransactionWhenNothingWaitsForItsCommit() {
		this.withTopicInDatabase.withPropertyValues("pubsub.producer.after-commit=false").run((context) -> {
			new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
				.executeWithoutResult((status) -> {
					context.getBean(SnsProducer.class).produce(new Order(1));
					status.setRollbackOnly();
				});
			assertThat(context.getBean(JdbcQueues.class).queue("jdbc:orders").state().outstanding()).isZero();
		});
	}

	@Test
	void feedsAPipeline(@TempDir Path directory) {
		String address = "sqlite:" + directory.resolve("orders.db");
		List<Integer> numbers = new CopyOnWriteArrayList<>();
		this.contextRunner.withConfiguration(AutoConfigurations.of(PubSubPipelineAutoConfiguration.class))
			.withBean(Pipeline.class,
					() -> Pipeline.named("orders").from(Order.class).to((order) -> numbers.add(order.number())))
			.withPropertyValues("pubsub.pipelines.orders.source=" + address)
			.run((context) -> {
				JdbcQueue queue = context.getBean(JdbcQueues.class).queue(address);
				queue.put(ORDER);
				Awaitility.await().until(() -> queue.state().outstanding() == 0);
				assertThat(numbers).containsExactly(1);
			});
	}

	@Test
	void hasOneQueueForEachFile(@TempDir Path directory) {
		this.contextRunner.run((context) -> {
			JdbcQueues queues = context.getBean(JdbcQueues.class);
			assertThat(queues.queue("sqlite:" + directory + "/orders.db"))
				.isSameAs(queues.queue("sqlite:" + directory + "/./orders.db"));
		});
	}

	@Test
	void namesTheTopicThatCannotBeUsed(@TempDir Path directory) {
		this.withProducer.withPropertyValues("pubsub.producer.topics.created[order]=sqlite:" + directory + "/no/o.db")
			.run((context) -> assertAnalysis(context,
					"pubsub.producer.topics.created[order]: The directory of the queue",
					"Correct pubsub.producer.topics.created[order]."));
	}

	@Test
	void refusesAQueueWithoutAName() {
		this.withDatabase.withPropertyValues("pubsub.source=jdbc:")
			.run((context) -> assertAnalysis(context, "The address jdbc: needs the name of a queue, as in jdbc:orders",
					"pubsub.source"));
	}

	@Test
	void saysThatAFileIsNoDatabase(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("orders.db"), "a text of somebody else's ".repeat(100));
		this.contextRunner.withPropertyValues("pubsub.source=sqlite:" + file)
			.run((context) -> assertAnalysis(context, "The queue %s cannot be opened: [SQLITE_NOTADB]".formatted(file),
					"pubsub.source"));
	}

	@Test
	void saysThatTheDriverOfSqliteIsMissing() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.sqlite"))
			.withPropertyValues("pubsub.source=sqlite:orders.db")
			.run((context) -> assertAnalysis(context, "needs the driver of SQLite: add org.xerial:sqlite-jdbc",
					"pubsub.source"));
	}

	@Test
	void saysWhichDatabasesThereAre() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(DataSourceTransactionManagerAutoConfiguration.class))
			.withBean(DataSource.class, PubSubJdbcQueueAutoConfigurationTests::oracle)
			.withPropertyValues("pubsub.source=jdbc:orders")
			.run((context) -> assertAnalysis(context, "Queues can be kept in PostgreSQL, H2 and SQLite, not in Oracle",
					"Name a file of SQLite in pubsub.source, as in sqlite:orders.db, or configure another database"
							+ " (spring.datasource.url)."));
	}

	private static DataSource oracle() {
		return (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(),
				new Class<?>[] { DataSource.class, Connection.class, DatabaseMetaData.class },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "getConnection", "getMetaData" -> proxy;
					case "getDatabaseProductName" -> "Oracle";
					default -> null;
				});
	}

	@Test
	void saysThatThereIsNoDatabase() {
		this.contextRunner.withPropertyValues("pubsub.source=jdbc:orders")
			.run((context) -> assertAnalysis(context,
					"The queue jdbc:orders needs a database, but there is no DataSource", "pubsub.source"));
	}

	@Test
	void saysWhichModuleIsMissing() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(JdbcQueue.class))
			.withPropertyValues("pubsub.source=sqlite:orders.db")
			.run((context) -> assertAnalysis(context, "pubsub.source is sqlite:orders.db, but what reads and writes",
					"Add io.pubsub:pubsub-jdbc"));
	}

	private static void assertAnalysis(AssertableApplicationContext context, String description, String action) {
		FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
		assertThat(analysis.getDescription()).contains(description);
		assertThat(analysis.getAction()).contains(action);
	}

	@MessageSchema(mediaType = "application/vnd.test.order")
	record Order(int number) {

	}

	static class Handler {

		final List<Integer> numbers = new CopyOnWriteArrayList<>();

		@Handles
		void handle(Order order) {
			this.numbers.add(order.number());
		}

	}

	static class FailingHandler {

		@Handles
		void handle(Order order) {
			throw new IllegalStateException("expected");
		}

	}

	record SlowHandler(CountDownLatch end) {

		@Handles
		void handle(Order order) throws InterruptedException {
			this.end.await();
		}

	}

}
