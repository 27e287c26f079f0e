package io.pubsub.autoconfigure.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import io.pubsub.Handles;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.AdditionalPathsMapper;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubHealthAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class PubSubHealthAutoConfigurationTests {

	private final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				ApplicationAvailabilityAutoConfiguration.class, HealthContributorAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class, HealthEndpointAutoConfiguration.class,
				AvailabilityProbesAutoConfiguration.class, PubSubAutoConfiguration.class,
				PubSubSqsAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
				PubSubHealthAutoConfiguration.class))
		.withPropertyValues("pubsub.organization=example", "pubsub.consumer.drain=10ms",
				"management.endpoints.web.exposure.include=health", "management.endpoint.health.probes.enabled=true");

	private final ApplicationContextRunner withSource = this.contextRunner.withBean(Source.class, this.queue::source);

	@Test
	void isUpWhileItReceives() {
		this.withSource.run((context) -> {
			assertThat(health(context, "pubsub").getStatus()).isEqualTo(Status.UP);
			assertThat(health(context, "pubsub").getDetails()).containsEntry("state", "receiving")
				.containsEntry("inFlight", 0);
		});
	}

	@Test
	void isUpWhileItIsPaused() {
		this.withSource.run((context) -> {
			context.getBean(ConsumerDaemon.class).pause();
			assertThat(health(context, "pubsub").getStatus()).isEqualTo(Status.UP);
			assertThat(health(context, "pubsub").getDetails()).containsEntry("state", "paused");
		});
	}

	@Test
	void isOutOfServiceButLiveWhenItIsStopped() {
		this.withSource.run((context) -> {
			context.getBean(ConsumerDaemon.class).stop();
			assertThat(health(context, "pubsub").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health(context, "pubsubLiveness").getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void isDownButLiveWhenItHasHalted() {
		this.queue.send("{}");
		this.withSource.withBean(DeadLetters.class, () -> new DeadLetters(new InMemoryDestination(), "dead"))
			.withPropertyValues("pubsub.dead-letter.max-consecutive=0")
			.run((context) -> {
				Awaitility.await()
					.untilAsserted(() -> assertThat(health(context, "pubsub").getStatus()).isEqualTo(Status.DOWN));
				assertThat(health(context, "pubsub").getDetails()).containsEntry("state", "halted")
					.hasEntrySatisfying("reason", (reason) -> assertThat(reason).asString().contains("in a row"))
					.containsEntry("limit", "pubsub.dead-letter.max-consecutive")
					.containsKey("resume");
				assertThat(health(context, "pubsubLiveness").getStatus()).isEqualTo(Status.UP);
			});
	}

	@Test
	void isDownAndNotLiveWhenItIsStuck() {
		this.queue.send("""
				{"mediaType": "application/vnd.example.pubsub._.created.scanned", "text": "hello"}""");
		this.withSource.withBean(StuckHandler.class).run((context) -> {
			ConsumerDaemon daemon = context.getBean(ConsumerDaemon.class);
			Awaitility.await().untilAsserted(() -> assertThat(daemon.inFlight()).isEqualTo(1));
			DaemonHealth soon = new DaemonHealth("handlers", new DaemonWatch(daemon, Duration.ofHours(1), null));
			DaemonHealth late = new DaemonHealth("handlers", new DaemonWatch(daemon, Duration.ZERO, null));
			assertThat(soon.liveness().getStatus()).isEqualTo(Status.UP);
			assertThat(late.liveness().getStatus()).isEqualTo(Status.DOWN);
			assertThat(late.readiness(Map.of()).getDetails()).containsEntry("state", "stuck");
		});
	}

	@Test
	void isNotStuckWhileThereIsNothingToDo() {
		this.withSource.run((context) -> assertThat(
				new DaemonWatch(context.getBean(ConsumerDaemon.class), Duration.ZERO, null).condition())
			.hasToString("receiving"));
	}

	@Test
	void takesTheTimeOfAStandstillFromTheProperties() {
		this.queue.send("""
				{"mediaType": "application/vnd.example.pubsub._.created.scanned", "text": "hello"}""");
		this.withSource.withBean(StuckHandler.class)
			.withPropertyValues("pubsub.health.stuck-after=1s")
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(health(context, "pubsubLiveness").getStatus()).isEqualTo(Status.DOWN)));
	}

	@Test
	void logsTheStacksOfAStandstillOnce(CapturedOutput output) {
		this.queue.send("""
				{"mediaType": "application/vnd.example.pubsub._.created.scanned", "text": "hello"}""");
		this.withSource.withBean(StuckHandler.class)
			.withPropertyValues("pubsub.health.stuck-after=1s")
			.run((context) -> {
				Awaitility.await()
					.untilAsserted(
							() -> assertThat(health(context, "pubsubLiveness").getStatus()).isEqualTo(Status.DOWN));
				health(context, "pubsub");
				health(context, "pubsubLiveness");
			});
		assertThat(output).containsOnlyOnce("The consumer 'handlers' is stuck: 1 messages are in flight")
			.contains(StuckHandler.class.getName() + ".on");
	}

	@Test
	void belongsToTheProbes() {
		this.withSource.run((context) -> {
			assertThat(group(context, "readiness").isMember("pubsub")).isTrue();
			assertThat(group(context, "readiness").isMember("readinessState")).isTrue();
			assertThat(group(context, "readiness").isMember("pubsubLiveness")).isFalse();
			assertThat(group(context, "liveness").isMember("pubsubLiveness")).isTrue();
			assertThat(group(context, "liveness").isMember("pubsub")).isFalse();
		});
	}

	@Test
	void leavesAloneAGroupThatTheUserHasConfigured() {
		this.withSource.withPropertyValues("management.endpoint.health.group.readiness.include=readinessState")
			.run((context) -> assertThat(group(context, "readiness").isMember("pubsub")).isFalse());
	}

	// Spring Security casts the bean, and fails each request if it cannot.
	@Test
	void tellsTheAdditionalPathsOfTheGroups() {
		this.withSource
			.withPropertyValues("management.endpoint.health.group.readiness.additional-path=server:/ready",
					"management.endpoint.health.group.readiness.include=readinessState")
			.run((context) -> assertThat(context.getBean(HealthEndpointGroups.class)).isInstanceOfSatisfying(
					AdditionalPathsMapper.class,
					(mapper) -> assertThat(
							mapper.getAdditionalPaths(EndpointId.of("health"), WebServerNamespace.SERVER))
						.contains("/ready")));
	}

	@Test
	void isAbsentWhenDisabled() {
		this.withSource.withPropertyValues("management.health.pubsub.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("pubsubHealthIndicator")
				.doesNotHaveBean(DaemonHealthGroups.class));
	}

	@Test
	void isAbsentWithoutADaemon() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean("pubsubHealthIndicator"));
	}

	@Test
	void isAbsentWithoutTheHealthModule() {
		new ApplicationContextRunner().withClassLoader(new FilteredClassLoader(HealthIndicator.class))
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
					PubSubAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
					PubSubHealthAutoConfiguration.class))
			.withBean(Source.class, this.queue::source)
			.withPropertyValues("pubsub.consumer.drain=10ms")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("pubsubHealthIndicator"));
	}

	@Test
	void refusesAStandstillOfNoTime() {
		this.withSource.withPropertyValues("pubsub.health.stuck-after=0s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("pubsub.health.stuckAfter"));
	}

	private static Health health(ApplicationContext context, String name) {
		return context.getBean(name + "HealthIndicator", HealthIndicator.class).health();
	}

	private static HealthEndpointGroup group(ApplicationContext context, String name) {
		return context.getBean(HealthEndpointGroups.class).get(name);
	}

	static class StuckHandler {

		@Handles
		void on(ScannedMessage message) throws InterruptedException {
			new CountDownLatch(1).await();
		}

	}

}
