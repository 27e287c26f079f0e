package io.pubsub.autoconfigure.outbox;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pubsub.MediaType;
import io.pubsub.autoconfigure.FailureAnalyses;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SharedHttpClient;
import io.pubsub.autoconfigure.endpoint.PubSubEndpointAutoConfiguration;
import io.pubsub.autoconfigure.health.PubSubOutboxHealthAutoConfiguration;
import io.pubsub.autoconfigure.metrics.PubSubMetricsAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.jdbc.queue.JdbcOutbox;
import io.pubsub.publish.Outbox;
import io.pubsub.publish.PublishTransactions;
import io.pubsub.publish.SnsProducer;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubOutboxAutoConfiguration}.
 */
class PubSubOutboxAutoConfigurationTests {

	private final InMemoryDestination destination = new InMemoryDestination();

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withUserConfiguration(SharedHttpClient.class)
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubOutboxAutoConfiguration.class,
				PubSubProducerAutoConfiguration.class, PubSubOutboxHealthAutoConfiguration.class,
				PubSubMetricsAutoConfiguration.class, PubSubEndpointAutoConfiguration.class))
		.withBean(Destination.class, () -> this.destination)
		.withPropertyValues("pubsub.organization=example", "pubsub.producer.topics.default=topic",
				"spring.application.name=orders", "spring.cloud.aws.sns.enabled=false",
				"pubsub.producer.outbox.enabled=true");

	private final ApplicationContextRunner contextRunner = this.bare
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.generate-unique-name=true");

	private static void produce(ApplicationContext context) {
		context.getBean(SnsProducer.class).produce(new MediaType("text/plain"), Map.of("text", "a"));
	}

	private static TransactionTemplate transaction(ApplicationContext context) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	@Test
	void publishesWhatIsCommittedFromTheOutbox() {
		this.contextRunner.run((context) -> {
			transaction(context).executeWithoutResult((status) -> produce(context));
			Awaitility.await().untilAsserted(() -> assertThat(this.destination.published()).hasSize(1));
			Awaitility.await().untilAsserted(() -> assertThat(context.getBean(JdbcOutbox.class).relayed()).isOne());
		});
	}

	@Test
	void publishesNothingThatIsRolledBack() {
		this.contextRunner.run((context) -> {
			transaction(context).executeWithoutResult((status) -> {
				produce(context);
				status.setRollbackOnly();
			});
			transaction(context).executeWithoutResult((status) -> produce(context));
			Awaitility.await().untilAsserted(() -> assertThat(context.getBean(JdbcOutbox.class).relayed()).isOne());
			assertThat(this.destination.published()).hasSize(1);
		});
	}

	@Test
	void publishesWhatIsLeftBeforeTheContextIsClosed() {
		this.contextRunner.run((context) -> {
			transaction(context).executeWithoutResult((status) -> produce(context));
			context.getSourceApplicationContext().close();
			assertThat(this.destination.published()).hasSize(1);
		});
	}

	@Test
	void hasNoOutboxByDefault() {
		this.contextRunner.withPropertyValues("pubsub.producer.outbox.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Outbox.class)
				.hasSingleBean(PublishTransactions.class));
	}

	@Test
	void hasNoOutboxForAProducerThatDoesNotPublish() {
		this.contextRunner.withPropertyValues("pubsub.producer.mode=log")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Outbox.class));
	}

	@Test
	void backsOffWhenUserProvidesOutbox() {
		this.contextRunner
			.withBean(JdbcOutbox.class,
					() -> JdbcOutbox.builder("mine", new DriverManagerDataSource("jdbc:h2:mem:mine;DB_CLOSE_DELAY=-1"))
						.createTables(true)
						.build())
			.run((context) -> assertThat(context).getBean(JdbcOutbox.class)
				.satisfies((outbox) -> assertThat(outbox.name()).isEqualTo("mine"))
				.satisfies((outbox) -> assertThat(outbox.isRunning()).isTrue()));
	}

	@Test
	void customizesTheOutbox() {
		this.contextRunner
			.withBean(JdbcOutboxCustomizer.class, () -> (builder) -> builder.keepsAll(true).executor(Runnable::run))
			.run((context) -> {
				produce(context);
				assertThat(context.getBean(JdbcOutbox.class).relayed()).isOne();
			});
	}

	@Test
	void storesWhatIsProducedOutsideOfTransactionsWhenToldSo() {
		this.contextRunner.withPropertyValues("pubsub.producer.outbox.outside-of-transactions=store").run((context) -> {
			produce(context);
			Awaitility.await().untilAsserted(() -> assertThat(context.getBean(JdbcOutbox.class).relayed()).isOne());
		});
	}

	@Test
	void takesTheNamedDatabase() {
		DataSource audit = new DriverManagerDataSource("jdbc:h2:mem:audit;DB_CLOSE_DELAY=-1");
		this.contextRunner.withBean("audit", DataSource.class, () -> audit)
			.withBean("main", DataSource.class, () -> new DriverManagerDataSource("jdbc:h2:mem:main;DB_CLOSE_DELAY=-1"))
			.withBean("auditTransactions", PlatformTransactionManager.class, () -> new JdbcTransactionManager(audit))
			.withPropertyValues("pubsub.producer.outbox.data-source=audit",
					"pubsub.producer.outbox.transaction-manager=auditTransactions",
					"pubsub.producer.outbox.initialize-schema=always")
			.run((context) -> {
				transaction(context).executeWithoutResult((status) -> produce(context));
				Awaitility.await().untilAsserted(() -> assertThat(this.destination.published()).hasSize(1));
			});
	}

	@Test
	void saysWhichOfSeveralDatabasesThereAre() {
		this.contextRunner.withBean("audit", DataSource.class, DriverManagerDataSource::new)
			.withBean("main", DataSource.class, DriverManagerDataSource::new)
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure())).satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("DataSource", "none is primary: audit, main");
				assertThat(analysis.getAction()).contains("pubsub.producer.outbox.data-source");
			}));
	}

	@Test
	void saysThatTheTransactionsAreThoseOfAnotherDatabase() {
		this.contextRunner
			.withBean(PlatformTransactionManager.class,
					() -> new JdbcTransactionManager(new DriverManagerDataSource("jdbc:h2:mem:other")))
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure())).satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("are not those of the outbox's DataSource");
				assertThat(analysis.getAction()).contains("pubsub.producer.outbox.transaction-manager");
			}));
	}

	@Test
	void saysWhichScriptCreatesTheTables() {
		this.contextRunner.withPropertyValues("pubsub.producer.outbox.initialize-schema=never")
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure())).satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("The table pubsub_message cannot be read");
				assertThat(analysis.getAction()).contains("Run classpath:io/pubsub/jdbc/queue/h2.sql",
						"pubsub.producer.outbox.initialize-schema=always");
			}));
	}

	@Test
	void saysThatThereIsNoName() {
		this.contextRunner.withPropertyValues("spring.application.name=")
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure())).satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("The outbox has no name");
				assertThat(analysis.getAction()).contains("Set spring.application.name");
			}));
	}

	@Test
	void saysThatThereIsNoDatabase() {
		this.bare.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure())).satisfies((analysis) -> {
			assertThat(analysis.getDescription()).contains("The outbox needs a DataSource, but there is none");
			assertThat(analysis.getAction()).contains("spring.datasource.url");
		}));
	}

	@Test
	void saysWhichModuleIsMissing() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.pubsub.jdbc"))
			.run((context) -> assertThat(FailureAnalyses.of(context.getStartupFailure())).satisfies((analysis) -> {
				assertThat(analysis.getDescription()).contains("the outbox is missing");
				assertThat(analysis.getAction()).contains("Add io.pubsub:pubsub-jdbc");
			}));
	}

	@Test
	void refusesToPublishBeforeTheCommit() {
		this.contextRunner.withPropertyValues("pubsub.producer.after-commit=false")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("pubsub.producer.after-commit must not be false"));
	}

	@Test
	void measuresTheOutbox() {
		this.destination.refuse("topic", new IllegalStateException("expected"));
		this.contextRunner.withBean(SimpleMeterRegistry.class).run((context) -> {
			transaction(context).executeWithoutResult((status) -> produce(context));
			SimpleMeterRegistry registry = context.getBean(SimpleMeterRegistry.class);
			context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
			assertThat(registry.get("pubsub.outbox.waiting").gauge().value()).isOne();
			assertThat(registry.get("pubsub.outbox.parked").gauge().value()).isZero();
			assertThat(registry.get("pubsub.outbox.oldest").timeGauge().value()).isNotNegative();
			assertThat(List.of("relayed", "refused")).allSatisfy(
					(name) -> assertThat(registry.get("pubsub.outbox." + name).functionCounter().count()).isZero());
		});
	}

	@Test
	void showsItsHealth() {
		this.destination.refuse("topic", new IllegalStateException("expected"));
		this.contextRunner.run((context) -> {
			transaction(context).executeWithoutResult((status) -> produce(context));
			HealthIndicator indicator = context.getBean("pubsubOutboxHealthIndicator", HealthIndicator.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(indicator.health().getDetails()).containsEntry("waiting", 1L)
					.containsEntry("failing", Map.of("topic", "expected")));
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void isDownWhenAMessageWaitsForTooLong() {
		this.destination.refuse("topic", new IllegalStateException("expected"));
		this.contextRunner.withPropertyValues("pubsub.health.stuck-after=1s").run((context) -> {
			transaction(context).executeWithoutResult((status) -> produce(context));
			HealthIndicator indicator = context.getBean("pubsubOutboxHealthIndicator", HealthIndicator.class);
			Awaitility.await().untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN));
		});
	}

	@Test
	void keepsWhatIsSentExactlyAsItWasValidated() {
		this.contextRunner.run((context) -> {
			produce(context);
			transaction(context).executeWithoutResult((status) -> produce(context));
			Awaitility.await().untilAsserted(() -> assertThat(this.destination.published()).hasSize(2));
			assertThat(this.destination.published()).extracting(PubSubOutboxAutoConfigurationTests::withoutTime)
				.containsOnly(withoutTime(this.destination.published().get(0)));
		});
	}

	private static OutboundMessage withoutTime(OutboundMessage message) {
		return new OutboundMessage(message.address(), message.mediaType(),
				message.body().replaceAll("\\d+\\.\\d+", "time"), message.attributes(), message.groupId(),
				message.deduplicationId());
	}

}
