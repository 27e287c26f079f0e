package io.pubsub.autoconfigure.circuit;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.circuit.HandlerCircuits;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.time.Timekeeper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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

	}

	/**
	 * The circuit breakers of an application that has none.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(CircuitBreakerRegistry.class)
	@ConditionalOnMissingBean(CircuitBreakerRegistry.class)
	static class RegistryConfiguration {

		@Bean
		CircuitBreakerRegistry pubSubCircuitBreakerRegistry(PubSubProperties properties, Timekeeper time) {
			PubSubProperties.CircuitBreaker breaker = properties.consumer().circuitBreaker();
			return CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
				.failureRateThreshold(breaker.failureRateThreshold())
				.minimumNumberOfCalls(breaker.minimumCalls())
				.slidingWindowSize(breaker.window())
				.waitDurationInOpenState(breaker.openFor())
				.permittedNumberOfCallsInHalfOpenState(breaker.probes())
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
