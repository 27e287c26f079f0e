package io.pubsub.autoconfigure;

import java.util.Map;

import io.pubsub.autoconfigure.DaemonWatch.Condition;
import io.pubsub.circuit.HandlerCircuits;
import io.pubsub.daemon.ConsumerDaemon;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the health of the consumer.
 * <p>
 * {@code pubsub} is for readiness: it is out of service while receiving fails, and down
 * when there were too many dead letters. {@code pubsubLiveness} is for liveness: only a
 * consumer that is stuck is worth a new process, one that cannot reach its queue is not.
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
			PubSubProperties properties) {
		DaemonWatch watch = new DaemonWatch(daemon, properties.health().stuckAfter());
		return () -> withCircuits(readiness(watch), PubSubEndpoint.circuits(circuits));
	}

	@Bean
	@ConditionalOnMissingBean(name = "pubsubLivenessHealthIndicator")
	HealthIndicator pubsubLivenessHealthIndicator(ConsumerDaemon daemon, PubSubProperties properties) {
		DaemonWatch watch = new DaemonWatch(daemon, properties.health().stuckAfter());
		return () -> liveness(watch);
	}

	static Health readiness(DaemonWatch watch) {
		Condition condition = watch.condition();
		Status status = switch (condition) {
			case RECEIVING, PAUSED -> Status.UP;
			case BACKING_OFF, STOPPED -> Status.OUT_OF_SERVICE;
			case HALTED, STUCK -> Status.DOWN;
		};
		return health(status, condition, watch);
	}

	// A service whose dependency fails is as ready as any other instance of it.
	private static Health withCircuits(Health health, Map<String, String> circuits) {
		return circuits.isEmpty() ? health
				: Health.status(health.getStatus())
					.withDetails(health.getDetails())
					.withDetail("circuits", circuits)
					.build();
	}

	static Health liveness(DaemonWatch watch) {
		Condition condition = watch.condition();
		return health((condition != Condition.STUCK) ? Status.UP : Status.DOWN, condition, watch);
	}

	private static Health health(Status status, Condition condition, DaemonWatch watch) {
		Health.Builder health = Health.status(status)
			.withDetail("state", condition.toString())
			.withDetail("inFlight", watch.daemon().inFlight());
		String haltReason = watch.daemon().haltReason();
		return ((haltReason != null) ? health.withDetail("reason", haltReason) : health).build();
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
