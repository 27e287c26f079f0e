package io.pubsub.autoconfigure.health;

import java.util.Map;
import java.util.TreeMap;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.circuit.CircuitStates;
import io.pubsub.autoconfigure.consume.DaemonGroup;
import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.pipeline.PubSubPipelineAutoConfiguration;
import io.pubsub.daemon.ConsumerDaemon;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
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
@AutoConfiguration(after = { PubSubConsumerAutoConfiguration.class, PubSubPipelineAutoConfiguration.class },
		afterName = "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration")
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnEnabledHealthIndicator("pubsub")
@Conditional(PubSubHealthAutoConfiguration.AnyDaemon.class)
public final class PubSubHealthAutoConfiguration {

	private final StuckReport report = new StuckReport();

	@Bean
	@ConditionalOnMissingBean(name = "pubsubHealthIndicator")
	HealthIndicator pubsubHealthIndicator(Daemons daemons, ObjectProvider<CircuitStates> circuits,
			PubSubProperties properties) {
		return new DaemonsHealth(daemons, properties.health().stuckAfter(), this.report,
				(health) -> health.readiness(states(circuits, health.name())));
	}

	private static Map<String, String> states(ObjectProvider<CircuitStates> circuits, String daemon) {
		Map<String, String> states = new TreeMap<>();
		circuits.forEach((circuit) -> states.putAll(circuit.of(daemon)));
		return states;
	}

	@Bean
	@ConditionalOnMissingBean(name = "pubsubLivenessHealthIndicator")
	HealthIndicator pubsubLivenessHealthIndicator(Daemons daemons, PubSubProperties properties) {
		return new DaemonsHealth(daemons, properties.health().stuckAfter(), this.report, DaemonHealth::liveness);
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

	/**
	 * Something is consumed here.
	 */
	static final class AnyDaemon extends AnyNestedCondition {

		AnyDaemon() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		/**
		 * The handlers consume.
		 */
		@ConditionalOnBean(ConsumerDaemon.class)
		static class ByHandlers {

		}

		/**
		 * Something beside the handlers consumes.
		 */
		@ConditionalOnBean(DaemonGroup.class)
		static class ByOthers {

		}

	}

}
