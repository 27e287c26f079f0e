package io.pubsub.autoconfigure.circuit;

import java.time.Duration;
import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.consume.DaemonGroup;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.circuit.HandlerCircuits;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.around.OriginCircuits;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration for sparing handlers whose messages fail too often.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubConsumerAutoConfiguration.class,
		afterName = "io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration")
@ConditionalOnBooleanProperty("pubsub.consumer.circuit-breaker.enabled")
@ConditionalOnBean(HandlerRegistry.class)
public final class PubSubCircuitAutoConfiguration {

	/**
	 * The circuits of the handlers.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(CircuitBreakerRegistry.class)
	static class CircuitConfiguration {

		@Bean
		@ConditionalOnMissingBean
		HandlerCircuits pubSubHandlerCircuits(CircuitBreakerRegistry registry, HandlerRegistry handlers,
				ObjectProvider<ConsumerDaemon> daemon, Timekeeper timekeeper) {
			return new HandlerCircuits(registry, handlers, daemon::getIfAvailable, timekeeper);
		}

		@Bean
		CircuitStates pubSubHandlerCircuitStates(HandlerCircuits circuits) {
			return (daemon) -> daemon.equals(ManagedDaemon.HANDLERS) ? circuits.states() : Map.of();
		}

	}

	/**
	 * The circuits of the pipelines.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ CircuitBreakerRegistry.class, OriginInterceptor.class })
	static class PipelineConfiguration {

		// What is not tried is observed, but has no other effect.
		@Bean
		@Order(-100)
		@ConditionalOnMissingBean
		OriginCircuits pubSubOriginCircuits(CircuitBreakerRegistry registry, ObjectProvider<DaemonGroup> groups,
				Timekeeper timekeeper) {
			return new OriginCircuits(registry, (pipeline) -> daemon(groups, pipeline), timekeeper);
		}

		@Bean
		CircuitStates pubSubOriginCircuitStates(OriginCircuits circuits) {
			return (daemon) -> {
				String state = circuits.states().get(daemon);
				return (state != null) ? Map.of(daemon, state) : Map.of();
			};
		}

		private static @Nullable ConsumerDaemon daemon(ObjectProvider<DaemonGroup> groups, String pipeline) {
			return groups.stream()
				.flatMap((group) -> group.daemons().stream())
				.filter((managed) -> managed.name().equals(pipeline))
				.map(ManagedDaemon::daemon)
				.findFirst()
				.orElse(null);
		}

	}

	/**
	 * The circuit breakers of an application that has none.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(CircuitBreakerRegistry.class)
	@ConditionalOnMissingBean(CircuitBreakerRegistry.class)
	static class RegistryConfiguration {

		// Only failures are to count: what takes long may work, or wait in a batch.
		private static final Duration NEVER_SLOW = Duration.ofDays(365);

		@Bean
		CircuitBreakerRegistry pubSubCircuitBreakerRegistry(PubSubProperties properties, Timekeeper time) {
			PubSubProperties.CircuitBreaker breaker = properties.consumer().circuitBreaker();
			return CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
				.failureRateThreshold(breaker.failureRateThreshold())
				.minimumNumberOfCalls(breaker.minimumCalls())
				.slidingWindowSize(breaker.window())
				.waitDurationInOpenState(breaker.openFor())
				.permittedNumberOfCallsInHalfOpenState(breaker.probes())
				.slowCallDurationThreshold(NEVER_SLOW)
				.clock(time.clock())
				.build());
		}

		/**
		 * Their meters.
		 */
		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass({ MeterBinder.class, TaggedCircuitBreakerMetrics.class })
		static class MetersConfiguration {

			@Bean
			MeterBinder pubSubCircuitBreakerMeters(CircuitBreakerRegistry registry) {
				return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry);
			}

		}

	}

	/**
	 * What is there without Resilience4j.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingClass("io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry")
	static class MissingConfiguration {

		MissingConfiguration() {
			throw new IllegalStateException("pubsub.consumer.circuit-breaker.enabled is true, but circuit breakers are"
					+ " missing: add io.github.resilience4j:resilience4j-circuitbreaker to the dependencies");
		}

	}

}
