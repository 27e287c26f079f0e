package io.pubsub.autoconfigure.endpoint;

import java.time.temporal.ChronoUnit;

import io.pubsub.Handles;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.circuit.PubSubCircuitAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.endpoint.DaemonControls.Action;
import io.pubsub.autoconfigure.endpoint.DaemonControls.Setting;
import io.pubsub.autoconfigure.endpoint.PubSubEndpoint.Description;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.Rate;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link PubSubEndpointAutoConfiguration}.
 */
class PubSubEndpointAutoConfigurationTests {

	private static final String SCANNED = "application/vnd.example.pubsub._.created.scanned";

	private final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubSqsAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
				PubSubEndpointAutoConfiguration.class))
		.withPropertyValues("pubsub.organization=example", "pubsub.consumer.drain=1s",
				"management.endpoints.web.exposure.include=pubsub");

	private final ApplicationContextRunner withSource = this.contextRunner.withBean(Source.class, this.queue::source)
		.withBean("scannedHandler", ScannedHandler.class);

	@Test
	void showsSchemasAndHandlers() {
		this.withSource.run((context) -> {
			Description description = context.getBean(PubSubEndpoint.class).describe();
			assertThat(description.schemas()).contains(entry(SCANNED, ScannedMessage.class.getName()));
			assertThat(description.handlers()).containsOnly(entry(SCANNED, "scannedHandler.on"));
			assertThat(description.consumer()).extracting("state", "inFlight").containsExactly("receiving", 0);
		});
	}

	@Test
	void showsTheCircuitsOfHandlers() {
		this.queue.send("{\"mediaType\": \"" + SCANNED + "\", \"text\": \"hello\"}");
		this.withSource.withConfiguration(AutoConfigurations.of(PubSubCircuitAutoConfiguration.class))
			.withPropertyValues("pubsub.consumer.circuit-breaker.enabled=true")
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(PubSubEndpoint.class).describe().circuits())
					.containsOnlyKeys("scannedHandler.on")));
	}

	@Test
	void showsNoCircuitsWithoutCircuitBreakers() {
		this.withSource.withClassLoader(new FilteredClassLoader("io.github.resilience4j"))
			.run((context) -> assertThat(context.getBean(PubSubEndpoint.class).describe().circuits()).isEmpty());
	}

	@Test
	void countsOutcomesAndKeepsFailuresWithoutTheContent() {
		this.queue.send("{\"mediaType\": \"" + SCANNED + "\", \"text\": \"secret\"}");
		this.withSource.run((context) -> {
			PubSubEndpoint endpoint = context.getBean(PubSubEndpoint.class);
			Awaitility.await().untilAsserted(() -> assertThat(endpoint.describe().failures()).hasSize(1));
			assertThat(endpoint.describe().outcomes().get(SCANNED)).containsOnly(entry("failed", 1L));
			assertThat(endpoint.describe().failures()).singleElement()
				.extracting("handler", "exception")
				.containsExactly("scannedHandler.on", IllegalStateException.class.getName());
			assertThat(context.getBean(JsonMapper.class).writeValueAsString(endpoint.describe()))
				.doesNotContain("secret");
		});
	}

	@Test
	void pausesAndResumes() {
		this.withSource.run((context) -> {
			PubSubEndpoint endpoint = context.getBean(PubSubEndpoint.class);
			assertThat(endpoint.control(Action.PAUSE)).extracting("state").isEqualTo("paused");
			assertThat(context.getBean(ConsumerDaemon.class).state()).isEqualTo(Subscription.State.PAUSED);
			assertThat(endpoint.control(Action.RESUME)).extracting("state").isEqualTo("receiving");
		});
	}

	@Test
	void changesTheConcurrency() {
		this.withSource.run((context) -> {
			PubSubEndpoint endpoint = context.getBean(PubSubEndpoint.class);
			assertThat(endpoint.describe().consumer()).extracting("concurrency").isEqualTo(10);
			assertThat(endpoint.change(Setting.CONCURRENCY, 3)).extracting("concurrency").isEqualTo(3);
			assertThat(context.getBean(ConsumerDaemon.class).concurrency()).isEqualTo(3);
		});
	}

	@Test
	void changesAndRemovesTheRate() {
		this.withSource.run((context) -> {
			PubSubEndpoint endpoint = context.getBean(PubSubEndpoint.class);
			assertThat(endpoint.describe().consumer()).extracting("maxRate").isNull();
			assertThat(endpoint.changeRate(Setting.MAX_RATE, "50", "s")).extracting("maxRate").isEqualTo("50/s");
			assertThat(context.getBean(ConsumerDaemon.class).maxRate()).isEqualTo(new Rate(50, ChronoUnit.SECONDS));
			assertThat(endpoint.removeRate(Setting.MAX_RATE)).extracting("maxRate").isNull();
		});
	}

	@Test
	void refusesWhatIsNoRate() {
		this.withSource.run((context) -> {
			PubSubEndpoint endpoint = context.getBean(PubSubEndpoint.class);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.changeRate(Setting.MAX_RATE, "0", "s"))
				.withMessageContaining("'0/s' is no rate");
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.change(Setting.MAX_RATE, 50))
				.withMessageContaining("max-rate must have a unit");
		});
	}

	@Test
	void refusesARateOfTheConcurrency() {
		this.withSource.run((context) -> {
			PubSubEndpoint endpoint = context.getBean(PubSubEndpoint.class);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.changeRate(Setting.CONCURRENCY, "50", "s"))
				.withMessageContaining("concurrency must be a number");
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.removeRate(Setting.CONCURRENCY));
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 10_001, Integer.MAX_VALUE })
	void refusesAConcurrencyThatIsNoneOrAbsurd(int concurrency) {
		this.withSource.run((context) -> {
			PubSubEndpoint endpoint = context.getBean(PubSubEndpoint.class);
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.change(Setting.CONCURRENCY, concurrency))
				.withMessageContaining("concurrency must be from 1 to 10000, not " + concurrency);
		});
	}

	@Test
	void showsWhyTheConsumerHasHaltedAndResumesIt() {
		this.queue.send("{}");
		this.withSource.withBean(DeadLetters.class, () -> new DeadLetters(new InMemoryDestination(), "dead"))
			.withPropertyValues("pubsub.dead-letter.max-consecutive=0")
			.run((context) -> {
				PubSubEndpoint endpoint = context.getBean(PubSubEndpoint.class);
				Awaitility.await()
					.untilAsserted(() -> assertThat(endpoint.describe().consumer().state()).isEqualTo("halted"));
				assertThat(endpoint.describe().consumer().haltReason()).contains("more than 0 messages in a row");
				assertThat(endpoint.describe().consumer().haltProperty())
					.isEqualTo("pubsub.dead-letter.max-consecutive");
				assertThat(endpoint.control(Action.RESUME)).extracting("state", "haltReason", "haltProperty")
					.containsExactly("receiving", null, null);
			});
	}

	@Test
	void showsNoConsumerWhenConsumingIsDisabled() {
		this.withSource.withPropertyValues("pubsub.consumer.enabled=false").run((context) -> {
			Description description = context.getBean(PubSubEndpoint.class).describe();
			assertThat(description.consumer()).isNull();
			assertThat(description.handlers()).isEmpty();
			assertThat(context.getBean(PubSubEndpoint.class).control(Action.PAUSE)).isNull();
		});
	}

	@Test
	void isAbsentUnlessItIsExposed() {
		this.withSource.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> assertThat(context).doesNotHaveBean(PubSubEndpoint.class)
				.doesNotHaveBean(OutcomeHistory.class));
	}

	@Test
	void isAbsentWithoutTheActuator() {
		this.withSource.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OutcomeHistory.class));
	}

	static class ScannedHandler {

		@Handles
		void on(ScannedMessage message) {
			throw new IllegalStateException("cannot handle " + message.text());
		}

	}

}
