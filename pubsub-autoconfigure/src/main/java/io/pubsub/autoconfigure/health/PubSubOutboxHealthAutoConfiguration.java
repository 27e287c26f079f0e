package io.pubsub.autoconfigure.health;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.outbox.PubSubOutboxAutoConfiguration;
import io.pubsub.jdbc.queue.JdbcOutbox;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the health of the outbox.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubOutboxAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class, JdbcOutbox.class })
@ConditionalOnEnabledHealthIndicator("pubsub-outbox")
@ConditionalOnBean(JdbcOutbox.class)
public final class PubSubOutboxHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "pubsubOutboxHealthIndicator")
	HealthIndicator pubsubOutboxHealthIndicator(JdbcOutbox outbox, PubSubProperties properties) {
		return new OutboxHealth(outbox, properties.health().stuckAfter());
	}

}
