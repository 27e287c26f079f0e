package io.pubsub.autoconfigure.circuit;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pubsub.Handles;
import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.DaemonGroup;
import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.health.PubSubHealthAutoConfiguration;
import io.pubsub.circuit.HandlerCircuits;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.around.OriginCircuits;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.PubSubTester;
import io.pubsub.test.TestClock;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription.State;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubCircuitAutoConfiguration}.
 */
class PubSubCircuitAutoConfigurationTests {

	private static final String ENABLED = "pubsub.consumer.circuit-breaker.enabled=true";

	private static final MessageContext MESSAGE = new MessageContext("1", new MediaType("text/a"), 1, null, null,
			OpaqueData.none(), Map.of());

	private final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
				PubSubCircuitAutoConfiguration.class, PubSubHealthAutoConfiguration.class,
				MetricsAutoConfiguration.class))
		.withBean(Source.class, this.queue::source)
		.withBean("failingHandler", FailingHandler.class)
		.withPropertyValues("pubsub.consumer.drain=1s", "management.endpoints.web.exposure.include=*");

	@Test
	void makesNoCircuitsByDefault() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(HandlerCircuits.class)
			.doesNotHaveBean(CircuitBreakerRegistry.class));
	}

	@Test
	void makesCircuitsWithTheDefaults() {
		this.contextRunner.withPropertyValues(ENABLED).run((context) -> {
			CircuitBreakerConfig config = context.getBean(CircuitBreakerRegistry.class).getDefaultConfig();
			assertThat(config.getFailureRateThreshold()).isEqualTo(50);
			assertThat(config.getMinimumNumberOfCalls()).isEqualTo(10);
			assertThat(config.getSlidingWindowSize()).isEqualTo(20);
			assertThat(config.getWaitIntervalFunctionInOpenState().apply(1)).isEqualTo(60_000);
			assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(1);
		});
	}

	@Test
	void makesCircuitsAsConfigured() {
		this.contextRunner
			.withPropertyValues(ENABLED, "pubsub.consumer.circuit-breaker.failure-rate-threshold=20",
					"pubsub.consumer.circuit-breaker.minimum-calls=3", "pubsub.consumer.circuit-breaker.window=5",
					"pubsub.consumer.circuit-breaker.open-for=7s", "pubsub.consumer.circuit-breaker.probes=2")
			.run((context) -> {
				CircuitBreakerConfig config = context.getBean(CircuitBreakerRegistry.class).getDefaultConfig();
				assertThat(config.getFailureRateThreshold()).isEqualTo(20);
				assertThat(config.getMinimumNumberOfCalls()).isEqualTo(3);
				assertThat(config.getSlidingWindowSize()).isEqualTo(5);
				assertThat(config.getWaitIntervalFunctionInOpenState().apply(1)).isEqualTo(7000);
				assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(2);
			});
	}

	@Test
	void pausesWhileTheCircuitOfTheOnlyHandlerIsOpen() {
		this.contextRunner.withPropertyValues(ENABLED, "pubsub.consumer.circuit-breaker.minimum-calls=1")
			.run((context) -> {
				this.queue.send("{\"mediaType\": \"text/order\"}");
				Awaitility.await().until(() -> context.getBean(ConsumerDaemon.class).state() == State.PAUSED);
				assertThat(context.getBean("pubsubHealthIndicator", HealthIndicator.class).health().getDetails())
					.containsEntry("circuits", Map.of("failingHandler.on", "OPEN"));
			});
	}

	@Test
	void pausesThePipelineWhoseCircuitIsOpenAndNoOther() {
		ConsumerDaemon words = PubSubTester.daemon(this.queue, BackoffPolicy.fixed(Duration.ofHours(1)), (delivery) -> {
		});
		words.start();
		this.contextRunner.withPropertyValues(ENABLED, "pubsub.consumer.circuit-breaker.minimum-calls=1")
			.withBean(DaemonGroup.class,
					() -> () -> List.of(new ManagedDaemon("words", words, null, "", false, null, Map::of)))
			.run((context) -> {
				context.getBean(OriginCircuits.class).begin("words", "a", MESSAGE).end(Outcome.failed("broken", null));
				assertThat(words.state()).isEqualTo(State.PAUSED);
				assertThat(context.getBean(ConsumerDaemon.class).state()).isNotEqualTo(State.PAUSED);
			});
		words.stop();
	}

	@Test
	void opensNoCircuitBecauseMessagesTakeLong() {
		this.contextRunner.withPropertyValues(ENABLED)
			.run((context) -> assertThat(
					context.getBean(CircuitBreakerRegistry.class).getDefaultConfig().getSlowCallDurationThreshold())
				.isGreaterThan(Duration.ofDays(1)));
	}

	@Test
	void usesTheCircuitBreakersOfTheApplication() {
		CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
			.minimumNumberOfCalls(1)
			.waitDurationInOpenState(Duration.ofHours(1))
			.build());
		this.contextRunner.withPropertyValues(ENABLED)
			.withBean(CircuitBreakerRegistry.class, () -> registry)
			.run((context) -> {
				assertThat(context).getBean(CircuitBreakerRegistry.class).isSameAs(registry);
				assertThat(context).doesNotHaveBean(TaggedCircuitBreakerMetrics.class);
				this.queue.send("{\"mediaType\": \"text/order\"}");
				Awaitility.await().until(() -> context.getBean(ConsumerDaemon.class).state() == State.PAUSED);
			});
	}

	@Test
	void metersItsCircuitBreakers() {
		this.contextRunner.withPropertyValues(ENABLED).withBean(SimpleMeterRegistry.class).run((context) -> {
			context.getBean(CircuitBreakerRegistry.class).circuitBreaker("orders");
			assertThat(context.getBean(SimpleMeterRegistry.class).find("resilience4j.circuitbreaker.state").gauges())
				.isNotEmpty();
		});
	}

	@Test
	void needsNoMeters() {
		this.contextRunner.withPropertyValues(ENABLED)
			.withClassLoader(new FilteredClassLoader(TaggedCircuitBreakerMetrics.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(HandlerCircuits.class));
	}

	@Test
	void needsNoCircuitBreakersUnlessTheyAreEnabled() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("pubSubHandlerCircuits"));
	}

	@Test
	void saysWhatToAddWhenCircuitBreakersAreMissing() {
		this.contextRunner.withPropertyValues(ENABLED)
			.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageEndingWith("add io.github.resilience4j:resilience4j-circuitbreaker to the dependencies"));
	}

	@Test
	void refusesAThresholdThatIsNoPercentage() {
		this.contextRunner.withPropertyValues(ENABLED, "pubsub.consumer.circuit-breaker.failure-rate-threshold=101")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("failureRateThreshold"));
	}

	static final class FailingHandler {

		@Handles(mediaTypes = "text/order")
		void on(JsonNode order) {
			throw new IllegalStateException("expected");
		}

	}

}
