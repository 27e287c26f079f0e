package io.pubsub.autoconfigure.health;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.circuit.HandlerCircuits;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.DeadLetterLimit;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the health of the consumer.
 * <p>
 * {@code pubsub} is for readiness: it is out of service while receiving fails, and down
 * when there were too many dead letters. {@code pubsubLiveness} is for liveness: only a
 * consumer that is stuck is worth a new process, one that cannot reach its queue is not.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubConsumerAutoConfiguration.class,
		afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("pubsub")
@ConditionalOnBean(ConsumerDaemon.class)
public final class PubSubHealthAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "pubsubHealthIndicator")
	HealthIndicator pubsubHealthIndicator(ConsumerDaemon daemon, ObjectProvider<HandlerCircuits> circuits,
			ObjectProvider<DeadLetterLimit> limit, PubSubProperties properties) {
		DaemonHealth health = health(daemon, limit, properties);
		return () -> health.readiness(circuits.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean(name = "pubsubLivenessHealthIndicator")
	HealthIndicator pubsubLivenessHealthIndicator(ConsumerDaemon daemon, ObjectProvider<DeadLetterLimit> limit,
			PubSubProperties properties) {
		return health(daemon, limit, properties)::liveness;
	}

	private static DaemonHealth health(ConsumerDaemon daemon, ObjectProvider<DeadLetterLimit> limit,
			PubSubProperties properties) {
		return new DaemonHealth(new DaemonWatch(daemon, properties.health().stuckAfter(), limit.getIfAvailable()));
	}

	/**
	 * The probes.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HealthEndpointGroups.class)
	static class ProbesConfiguration {

		@Bean
		static DaemonHealthGroups pubSubHealthGroups(Environment environment) {
			return new DaemonHealthGroups(environment);
		}

	}

}
