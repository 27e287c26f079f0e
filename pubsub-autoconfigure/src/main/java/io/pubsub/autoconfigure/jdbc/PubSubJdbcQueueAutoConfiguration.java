package io.pubsub.autoconfigure.jdbc;

import javax.sql.DataSource;

import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.internal.MissingJdbcQueueException;
import io.pubsub.autoconfigure.internal.RoutedDestination;
import io.pubsub.autoconfigure.publish.DestinationDecorator;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.jdbc.queue.JdbcQueue;
import io.pubsub.jdbc.queue.JdbcQueueDestination;
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
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auto-configuration for durable queues in a database, as what is consumed and as what is
 * published to.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubAutoConfiguration.class, before = PubSubSqsAutoConfiguration.class)
@EnableConfigurationProperties(PubSubProperties.class)
public final class PubSubJdbcQueueAutoConfiguration {

	private static final String CONSUMER = "pubsub.consumer.enabled";

	@Bean
	@Conditional(TableCondition.class)
	@ConditionalOnBooleanProperty(name = CONSUMER, matchIfMissing = true)
	@ConditionalOnMissingClass("io.pubsub.jdbc.queue.JdbcQueue")
	@ConditionalOnMissingBean(Source.class)
	@SuppressWarnings("DoNotCallSuggester") // Only Spring calls it.
	Source pubSubMissingJdbcQueue(PubSubProperties properties) {
		throw new MissingJdbcQueueException("pubsub.source", String.valueOf(properties.source()));
	}

	/**
	 * Queues in a file of SQLite, or in the database of the application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JdbcQueue.class, PlatformTransactionManager.class })
	@EnableConfigurationProperties(PubSubJdbcProperties.class)
	static class QueueConfiguration {

		@Bean
		@DependsOnDatabaseInitialization
		JdbcQueues pubSubJdbcQueues(ObjectProvider<DataSource> dataSource,
				ObjectProvider<PlatformTransactionManager> transactionManager, PubSubJdbcProperties properties,
				Timekeeper time) {
			return new JdbcQueues(dataSource, transactionManager, properties, time);
		}

		@Bean
		@Conditional(TableCondition.class)
		@ConditionalOnBooleanProperty(name = CONSUMER, matchIfMissing = true)
		@ConditionalOnMissingBean(Source.class)
		JdbcQueueSource pubSubJdbcQueueSource(JdbcQueues queues, BackoffPolicy backoff, PubSubProperties properties) {
			return queues.create(SourceSettings.ofHandlers(properties, backoff));
		}

		// A database takes messages of any size. What waits for a transaction comes when
		// that is over, and must not join it.
		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE + 1)
		DestinationDecorator pubSubJdbcQueueDestinations(JdbcQueues queues, PubSubProperties properties) {
			PubSubProperties.Producer producer = properties.producer();
			JdbcQueueDestination joining = queues.destination(producer.topics().addresses());
			JdbcQueueDestination tables = producer.afterCommit() ? joining.independent() : joining;
			return (destination) -> new RoutedDestination(destination, tables, InputAddress::isTable);
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
