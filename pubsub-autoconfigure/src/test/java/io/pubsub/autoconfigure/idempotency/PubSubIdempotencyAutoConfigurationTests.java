package io.pubsub.autoconfigure.idempotency;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.autoconfigure.FailureAnalyses;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.dispatch.DispatchInterceptor;
import io.pubsub.idempotency.Claim;
import io.pubsub.idempotency.IdempotencyKeys;
import io.pubsub.idempotency.IdempotencyStore;
import io.pubsub.idempotency.IdempotentHandling;
import io.pubsub.idempotency.InMemoryIdempotencyStore;
import io.pubsub.jdbc.idempotency.JdbcIdempotencyStore;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.OriginScope;
import io.pubsub.pipeline.around.IdempotentOrigins;
import io.pubsub.publish.PublishScopes;
import io.pubsub.publish.PublishTransactions;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.TestClock;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Destination;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubIdempotencyAutoConfiguration}.
 */
class PubSubIdempotencyAutoConfigurationTests {

	private static final String PREFIX = "pubsub.consumer.idempotency.";

	private final TestClock clock = new TestClock();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubProducerAutoConfiguration.class,
				PubSubIdempotencyAutoConfiguration.class, PubSubPipelineIdempotencyAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class))
		.withBean(Timekeeper.class, this.clock::timekeeper)
		.withBean(Destination.class, InMemoryDestination::new)
		.withPropertyValues("pubsub.organization=example", "spring.cloud.aws.sns.enabled=false");

	private final ApplicationContextRunner withMemory = this.contextRunner.withPropertyValues(PREFIX + "store=memory");

	private final ApplicationContextRunner withJdbcOnly = this.contextRunner.withPropertyValues(PREFIX + "store=jdbc",
			"spring.application.name=orders");

	private final ApplicationContextRunner withDatabase = this.withJdbcOnly.withConfiguration(AutoConfigurations
		.of(DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class));

	@Test
	void isOffByDefault() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(IdempotencyStore.class)
			.doesNotHaveBean(IdempotentHandling.class));
	}

	@Test
	void isOffWithoutAConsumer() {
		this.withMemory.withPropertyValues("pubsub.consumer.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(IdempotencyStore.class));
	}

	@Test
	void remembersInMemory() {
		this.withMemory.run((context) -> assertThat(context).hasSingleBean(InMemoryIdempotencyStore.class)
			.hasSingleBean(IdempotentHandling.class));
	}

	@Test
	void remembersForPipelinesToo() {
		this.withMemory.run((context) -> assertThat(context).hasSingleBean(IdempotentOrigins.class));
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(IdempotentOrigins.class));
	}

	@Test
	void needsNoPipelines() {
		this.withMemory.withClassLoader(new FilteredClassLoader("io.pubsub.pipeline"))
			.run((context) -> assertThat(context).hasSingleBean(IdempotentHandling.class));
	}

	@Test
	void takesNoNumbersOfLinesForKeysOfAPipeline() {
		this.withMemory.withPropertyValues("pubsub.pipelines.words.source=file:words.txt").run((context) -> {
			OriginInterceptor interceptor = context.getBean(IdempotentOrigins.class);
			MessageContext line = new MessageContext("1", new MediaType("text/a"), 1, null, null, OpaqueData.none(),
					Map.of());
			assertThat(interceptor.begin("words", "a", line)).isSameAs(OriginScope.PLAIN);
			assertThat(interceptor.begin("others", "a", line)).isNotSameAs(OriginScope.PLAIN);
		});
	}

	@Test
	void standsAroundWhatPublishesOnSuccess() {
		this.withMemory.run((context) -> assertThat(interceptors(context)).extracting(Object::getClass)
			.extracting(Class::getSimpleName)
			.containsExactly("LocaleInterceptor", "IdempotentHandling", "PublishOnSuccess"));
	}

	@Test
	void forgetsTheOldestOverTheMaximum() {
		this.withMemory.withPropertyValues(PREFIX + "memory.max-entries=1").run((context) -> {
			complete(store(context), "a");
			complete(store(context), "b");
			assertThat(store(context).claim("a").state()).isEqualTo(Claim.State.NEW);
		});
	}

	@Test
	void leasesForAsLongAsConfigured() {
		this.withMemory.withPropertyValues(PREFIX + "lease=1m").run((context) -> {
			store(context).claim("a");
			assertThat(store(context).claim("a").remaining()).isEqualTo(Duration.ofMinutes(1));
		});
	}

	@Test
	void retainsForAsLongAsConfigured() {
		this.withMemory.withPropertyValues(PREFIX + "retention=1h").run((context) -> {
			complete(store(context), "a");
			this.clock.advance(Duration.ofHours(1));
			assertThat(store(context).claim("a").state()).isEqualTo(Claim.State.NEW);
		});
	}

	@Test
	void remembersInTheDatabase() {
		this.withDatabase.run((context) -> {
			assertThat(context).hasSingleBean(JdbcIdempotencyStore.class).hasSingleBean(IdempotentHandling.class);
			store(context).claim("a");
			assertThat(consumers(context)).containsExactly("orders");
		});
	}

	@Test
	void remembersUnderTheNameThatIsConfigured() {
		this.withDatabase.withPropertyValues(PREFIX + "consumer=invoices").run((context) -> {
			store(context).claim("a");
			assertThat(consumers(context)).containsExactly("invoices");
		});
	}

	@Test
	void createsNoTableInADatabaseThatIsNotEmbedded(@TempDir Path directory) {
		assertUnreadable(
				this.withDatabase.withPropertyValues("spring.datasource.url=jdbc:h2:file:" + directory + "/a"));
	}

	@Test
	void createsTheTableInAnyDatabaseIfConfigured(@TempDir Path directory) {
		this.withDatabase
			.withPropertyValues("spring.datasource.url=jdbc:h2:file:" + directory + "/a",
					PREFIX + "jdbc.initialize-schema=always")
			.run((context) -> assertThat(consumers(context)).isEmpty());
	}

	@Test
	void doesNotStartWithoutItsTable() {
		assertUnreadable(this.withDatabase.withPropertyValues(PREFIX + "jdbc.initialize-schema=never"));
	}

	@Test
	void doesNotStartWithoutADataSource() {
		assertFailure(this.withJdbcOnly, "pubsub.consumer.idempotency.store is jdbc, but there is no DataSource",
				"spring.datasource.url");
	}

	@Test
	void doesNotStartWithoutATransactionManager() {
		assertFailure(this.withJdbcOnly.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class)),
				"pubsub.consumer.idempotency.store is jdbc, but there is no PlatformTransactionManager");
	}

	@Test
	void doesNotStartWithoutAName() {
		assertFailure(this.withDatabase.withPropertyValues("spring.application.name="),
				"store is jdbc, but this service has no name: set spring.application.name, or "
						+ "pubsub.consumer.idempotency.consumer");
	}

	@Test
	void doesNotStartWithoutTheStarterForJdbc() {
		assertFailure(
				this.withJdbcOnly.withClassLoader(new FilteredClassLoader(DataSourceScriptDatabaseInitializer.class)),
				"store is jdbc, but the store is missing: add io.pubsub:pubsub-jdbc and "
						+ "org.springframework.boot:spring-boot-starter-jdbc to the dependencies");
	}

	@Test
	void doesNotStartWithoutTheModuleForJdbc() {
		assertFailure(this.withDatabase.withClassLoader(new FilteredClassLoader(JdbcIdempotencyStore.class)),
				"store is jdbc, but the store is missing: add io.pubsub:pubsub-jdbc and ");
	}

	@Test
	void needsNoDatabaseOnTheClassPathForTheRest() {
		this.withMemory
			.withClassLoader(new FilteredClassLoader("io.pubsub.jdbc", "org.springframework.jdbc",
					"org.springframework.boot.jdbc", "org.springframework.boot.sql", "org.springframework.transaction"))
			.run((context) -> assertThat(context).hasSingleBean(IdempotentHandling.class));
	}

	@Test
	void refusesAStoreThatDoesNotExist() {
		this.contextRunner.withPropertyValues(PREFIX + "store=redis")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("PubSubIdempotencyProperties.Store.redis"));
	}

	@Test
	void refusesALeaseThatNoQueueCanWaitFor() {
		this.withMemory.withPropertyValues(PREFIX + "lease=13h")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("lease"));
	}

	@Test
	void refusesARetentionThatIsShorterThanTheLease() {
		assertFailure(this.withMemory.withPropertyValues(PREFIX + "retention=1m"),
				"1m, must not be shorter than their lease, 5m");
	}

	@Test
	void backsOffToAStoreOfTheUser() {
		IdempotencyStore userStore = new NoStore();
		this.withDatabase.withBean(IdempotencyStore.class, () -> userStore)
			.run((context) -> assertThat(context).hasSingleBean(IdempotentHandling.class)
				.doesNotHaveBean(DataSourceScriptDatabaseInitializer.class)
				.getBean(IdempotencyStore.class)
				.isSameAs(userStore));
	}

	@Test
	void usesAStoreOfTheUserWithoutAProperty() {
		this.contextRunner.withBean(IdempotencyStore.class, NoStore::new)
			.run((context) -> assertThat(context).hasSingleBean(IdempotentHandling.class));
	}

	@Test
	void backsOffToKeysOfTheUser() {
		IdempotencyKeys userKeys = (content, message) -> null;
		this.withMemory.withBean(IdempotencyKeys.class, () -> userKeys)
			.run((context) -> assertThat(context).getBean(IdempotencyKeys.class).isSameAs(userKeys));
	}

	@Test
	void backsOffToHandlingOfTheUser() {
		IdempotentHandling userHandling = new IdempotentHandling(new NoStore(), (content, message) -> null,
				new PublishScopes(PublishTransactions.none()));
		this.withMemory.withBean(IdempotentHandling.class, () -> userHandling)
			.run((context) -> assertThat(context).getBean(IdempotentHandling.class).isSameAs(userHandling));
	}

	@Test
	void doesNotTellLinesByTheirNumbers() {
		this.withMemory.withPropertyValues("pubsub.source=stdin:").run((context) -> assertThat(key(context)).isNull());
	}

	@Test
	void tellsMessagesOfAQueueByTheirIds() {
		this.withMemory.run((context) -> assertThat(key(context)).isEqualTo("m-1"));
	}

	private static void assertFailure(ApplicationContextRunner contextRunner, String... description) {
		contextRunner.run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(description);
		});
	}

	private static void assertUnreadable(ApplicationContextRunner contextRunner) {
		contextRunner.run((context) -> {
			FailureAnalysis analysis = FailureAnalyses.of(context.getStartupFailure());
			assertThat(analysis.getDescription())
				.contains("The table pubsub_idempotency cannot be read: create it with classpath:io/pubsub/");
			assertThat(analysis.getAction()).contains("pubsub.consumer.idempotency.jdbc.initialize-schema=always");
		});
	}

	private static List<DispatchInterceptor> interceptors(ApplicationContext context) {
		return context.getBeanProvider(DispatchInterceptor.class)
			.orderedStream()
			.sorted(Comparator.comparing(DispatchInterceptor::phase))
			.toList();
	}

	private static IdempotencyStore store(ApplicationContext context) {
		return context.getBean(IdempotencyStore.class);
	}

	private static void complete(IdempotencyStore store, String key) {
		store.complete(store.claim(key));
	}

	private static List<String> consumers(ApplicationContext context) {
		return JdbcClient.create(context.getBean(DataSource.class))
			.sql("SELECT consumer FROM pubsub_idempotency")
			.query(String.class)
			.list();
	}

	private static @Nullable String key(ApplicationContext context) {
		MessageContext message = new MessageContext("m-1", new MediaType("text/a"), 1, null, null, OpaqueData.none(),
				Map.of());
		return context.getBean(IdempotencyKeys.class).keyOf("content", message);
	}

	private static final class NoStore implements IdempotencyStore {

		@Override
		public Claim claim(String key) {
			return Claim.granted(key);
		}

		@Override
		public void complete(Claim claim) {
		}

		@Override
		public void release(Claim claim) {
		}

	}

}
