package io.pubsub.autoconfigure.outbox;

import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.publish.ProducerDestinations;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.jdbc.queue.JdbcOutbox;
import io.pubsub.publish.Outbox;
import io.pubsub.schema.MessageCodec;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Destination;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.EmbeddedDatabaseConnection;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Auto-configuration for the outbox of the producer. A producer that does not publish has
 * none.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubAutoConfiguration.class, before = PubSubProducerAutoConfiguration.class)
@ConditionalOnBooleanProperty("pubsub.producer.outbox.enabled")
@ConditionalOnProperty(name = "pubsub.producer.mode", havingValue = "publish", matchIfMissing = true)
@ConditionalOnBean(MessageCodec.class)
@EnableConfigurationProperties(PubSubOutboxProperties.class)
public final class PubSubOutboxAutoConfiguration {

	@Bean
	@ConditionalOnMissingClass("io.pubsub.jdbc.queue.JdbcOutbox")
	@ConditionalOnMissingBean(Outbox.class)
	@SuppressWarnings("DoNotCallSuggester") // Only Spring calls it.
	Outbox pubSubMissingOutbox() {
		throw new OutboxUnusableException("pubsub.producer.outbox.enabled is true, but the outbox is missing",
				"Add io.pubsub:pubsub-jdbc and org.springframework.boot:spring-boot-starter-jdbc (or that of JPA) to the"
						+ " dependencies.");
	}

	/**
	 * An outbox in the database of the application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JdbcOutbox.class, PlatformTransactionManager.class, EmbeddedDatabaseConnection.class })
	static class JdbcConfiguration {

		@Bean
		@ConditionalOnMissingBean(Outbox.class)
		@DependsOnDatabaseInitialization
		JdbcOutbox pubSubOutbox(OutboxFactory factory, Destination destination, PubSubProperties properties,
				ObjectProvider<JdbcOutboxCustomizer> customizers) {
			boolean storesLarge = properties.s3().largeMessages().bucket() != null;
			return factory.create(new OutboxCheck(destination.rules(), storesLarge), customizers);
		}

		@Bean
		OutboxFactory pubSubOutboxFactory(ListableBeanFactory beans, PubSubOutboxProperties properties,
				PubSubProperties others, Environment environment, Timekeeper time) {
			return new OutboxFactory(beans, properties, others.producer().afterCommit(), environment, time);
		}

		@Bean
		@ConditionalOnBean(JdbcOutbox.class)
		OutboxLifecycle pubSubOutboxLifecycle(JdbcOutbox outbox, ProducerDestinations destinations) {
			return new OutboxLifecycle(outbox, destinations.direct());
		}

	}

}
