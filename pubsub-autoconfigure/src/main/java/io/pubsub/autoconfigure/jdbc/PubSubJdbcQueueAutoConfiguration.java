package io.pubsub.autoconfigure.jdbc;

import javax.sql.DataSource;

import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.jdbc.queue.JdbcQueue;
import io.pubsub.jdbc.queue.JdbcQueueSource;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auto-configuration for consuming durable queues in a database.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubAutoConfiguration.class, before = PubSubSqsAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "pubsub.consumer.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PubSubProperties.class)
public final class PubSubJdbcQueueAutoConfiguration {

	@Bean
	@Conditional(TableCondition.class)
	@ConditionalOnMissingClass("io.pubsub.jdbc.queue.JdbcQueue")
	@ConditionalOnMissingBean(Source.class)
	@SuppressWarnings("DoNotCallSuggester") // Only Spring calls it.
	Source pubSubMissingJdbcQueue(PubSubProperties properties) {
		throw new IllegalStateException("pubsub.source is %s, but what reads it is missing: add io.pubsub:pubsub-jdbc"
			.formatted(properties.source())
				+ " and org.springframework.boot:spring-boot-starter-jdbc to the dependencies,"
				+ " for a file of SQLite org.xerial:sqlite-jdbc too");
	}

	/**
	 * Queues in a file of SQLite, or in the database of the application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JdbcQueue.class, PlatformTransactionManager.class })
	static class QueueConfiguration {

		@Bean
		@DependsOnDatabaseInitialization
		JdbcQueues pubSubJdbcQueues(ObjectProvider<DataSource> dataSource,
				ObjectProvider<PlatformTransactionManager> transactionManager, Timekeeper time) {
			return new JdbcQueues(dataSource, transactionManager, time);
		}

		@Bean
		@Conditional(TableCondition.class)
		@ConditionalOnMissingBean(Source.class)
		JdbcQueueSource pubSubJdbcQueueSource(JdbcQueues queues, BackoffPolicy backoff, PubSubProperties properties) {
			return queues.create(SourceSettings.ofHandlers(properties, backoff));
		}

	}

	/**
	 * Whether the source is a queue in a database.
	 */
	static final class TableCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			boolean table = InputAddress.isTable(context.getEnvironment().getProperty("pubsub.source"));
			return new ConditionOutcome(table,
					"pubsub.source is " + (table ? "a queue in a database" : "none in a database"));
		}

	}

}
