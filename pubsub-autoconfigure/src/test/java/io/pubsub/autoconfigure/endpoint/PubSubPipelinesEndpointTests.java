package io.pubsub.autoconfigure.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pubsub.Handles;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.circuit.PubSubCircuitAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.endpoint.DaemonControls.Action;
import io.pubsub.autoconfigure.endpoint.DaemonControls.Setting;
import io.pubsub.autoconfigure.metrics.PubSubMetricsAutoConfiguration;
import io.pubsub.autoconfigure.observation.PubSubObservationAutoConfiguration;
import io.pubsub.autoconfigure.pipeline.PubSubPipelineAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PubSubPipelinesEndpoint} and the meters, of two pipelines beside a
 * handler.
 */
class PubSubPipelinesEndpointTests {

	private static final String GOOD = """
			{"mediaType": "application/vnd.example.pubsub._.created.scanned", "text": "secret"}""";

	private final Map<String, InMemoryQueue> queues = Map.of("main", new InMemoryQueue(new TestClock()), "first",
			new InMemoryQueue(new TestClock()), "second", new InMemoryQueue(new TestClock()));

	private final List<String> done = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner observed = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				MetricsAutoConfiguration.class, PubSubAutoConfiguration.class, PubSubSqsAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class, PubSubPipelineAutoConfiguration.class,
				PubSubCircuitAutoConfiguration.class, PubSubMetricsAutoConfiguration.class,
				ObservationAutoConfiguration.class, PubSubObservationAutoConfiguration.class,
				PubSubEndpointAutoConfiguration.class))
		.withBean(SourceFactory.class, () -> new Queues(this.queues))
		.withBean(Source.class, () -> this.queues.get("main").source())
		.withBean("handler", Handler.class, () -> new Handler(this.done))
		.withBean("one", Pipeline.class, () -> pipeline("first"))
		.withBean("two", Pipeline.class, () -> pipeline("second"))
		.withPropertyValues("pubsub.organization=example", "pubsub.consumer.drain=1s",
				"pubsub.consumer.circuit-breaker.enabled=true", "pubsub.pipelines.first.source=first",
				"pubsub.pipelines.second.source=second", "management.endpoints.web.exposure.include=pubsubpipelines");

	private final ApplicationContextRunner contextRunner = this.observed.withBean(MeterRegistry.class,
			SimpleMeterRegistry::new);

	@Test
	void showsEachPipelineWithItsStages() {
		send("first");
		this.contextRunner.run((context) -> {
			awaitDone("first: secret");
			Map<String, PubSubPipelinesEndpoint.Entry> entries = endpoint(context).describe();
			assertThat(entries).containsOnlyKeys("first", "second");
			assertThat(entries.get("first")).extracting("source", "consumer.state", "consumer.concurrency")
				.containsExactly("first", "receiving", 100);
			assertThat(context.getBean(JsonMapper.class).writeValueAsString(entries)).contains("\"name\":\"map\"")
				.doesNotContain("secret");
		});
	}

	@Test
	void showsTheCircuitOfThePipelineAlone() {
		send("first");
		send("main");
		this.contextRunner.run((context) -> {
			awaitDone("first: secret", "handler: secret");
			assertThat(endpoint(context).describe("first").circuit()).isEqualTo("CLOSED");
			assertThat(endpoint(context).describe("second").circuit()).isNull();
		});
	}

	@Test
	void pausesAndResumesOneAlone() {
		this.contextRunner.run((context) -> {
			PubSubPipelinesEndpoint endpoint = endpoint(context);
			assertThat(endpoint.control("first", Action.PAUSE).consumer().state()).isEqualTo("paused");
			assertThat(endpoint.describe("second").consumer().state()).isEqualTo("receiving");
			assertThat(context.getBean(ConsumerDaemon.class).state()).isEqualTo(Subscription.State.RECEIVING);
			send("first");
			send("second");
			send("main");
			awaitDone("second: secret", "handler: secret");
			assertThat(endpoint.control("first", Action.RESUME).consumer().state()).isEqualTo("receiving");
			awaitDone("first: secret");
		});
	}

	@Test
	void changesTheMessagesInFlightAndTheRateOfOneAlone() {
		this.contextRunner.run((context) -> {
			PubSubPipelinesEndpoint endpoint = endpoint(context);
			assertThat(endpoint.change("first", Setting.CONCURRENCY, 7).consumer().concurrency()).isEqualTo(7);
			assertThat(endpoint.changeRate("first", Setting.MAX_RATE, "50", "s").consumer().maxRate())
				.isEqualTo("50/s");
			assertThat(endpoint.describe("second").consumer()).extracting("concurrency", "maxRate")
				.containsExactly(100, null);
			assertThat(endpoint.removeRate("first", Setting.MAX_RATE).consumer().maxRate()).isNull();
		});
	}

	@Test
	void refusesAPipelineThatIsNotThere() {
		this.contextRunner.run((context) -> assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> endpoint(context).control("third", Action.PAUSE))
			.satisfies((ex) -> assertThat(ex.getReason()).contains("first", "second")));
	}

	@Test
	void hasMetersOfAllConsumersWithTheSameTags() {
		send("first");
		send("main");
		this.contextRunner.run((context) -> {
			awaitDone("first: secret", "handler: secret");
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			Awaitility.await()
				.untilAsserted(() -> assertThat(daemons(registry, "pubsub.consumer.handling")).containsOnly("first",
						"handlers"));
			assertThat(daemons(registry, "pubsub.consumer.in.flight")).containsOnly("first", "second", "handlers");
			assertThat(registry.get("pubsub.pipeline.stage.elements")
				.tags("pipeline", "first", "stage", "map", "result", "done")
				.functionCounter()
				.count()).isOne();
		});
	}

	@Test
	void hasMetersThatPrometheusTakes() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		prometheus.throwExceptionOnRegistrationFailure();
		send("first");
		send("second");
		send("main");
		this.observed.withBean(MeterRegistry.class, () -> prometheus).run((context) -> {
			awaitDone("first: secret", "second: secret", "handler: secret");
			assertThat(context).hasNotFailed();
			Awaitility.await()
				.untilAsserted(() -> assertThat(prometheus.scrape()).contains(
						"pubsub_consumer_handling_seconds_count{daemon=\"first\"",
						"pubsub_consumer_handling_seconds_count{daemon=\"second\"",
						"pubsub_consumer_handling_seconds_count{daemon=\"handlers\"",
						"pubsub_pipeline_stage_elements_total{pipeline=\"second\"", "pubsub_process_seconds_count{",
						"pubsub_pipeline_process_seconds_count{"));
		});
	}

	private static Set<String> daemons(MeterRegistry registry, String name) {
		return registry.find(name)
			.meters()
			.stream()
			.map((meter) -> meter.getId().getTag("daemon"))
			.collect(Collectors.toSet());
	}

	private void send(String queue) {
		this.queues.get(queue).send(GOOD);
	}

	private void awaitDone(String... expected) {
		Awaitility.await().untilAsserted(() -> assertThat(this.done).contains(expected));
	}

	private static PubSubPipelinesEndpoint endpoint(ApplicationContext context) {
		return context.getBean(PubSubPipelinesEndpoint.class);
	}

	private Pipeline pipeline(String name) {
		return Pipeline.named(name)
			.from(ScannedMessage.class)
			.map((message) -> name + ": " + message.text())
			.to(this.done::add);
	}

	record Queues(Map<String, InMemoryQueue> queues) implements SourceFactory {

		@Override
		public boolean supports(String address) {
			return true;
		}

		@Override
		public Source create(SourceSettings settings) {
			InMemoryQueue queue = this.queues.get(settings.address());
			assertThat(queue).isNotNull();
			return queue.source(settings.concurrency(), settings.backoff());
		}

	}

	record Handler(List<String> done) {

		@Handles
		void on(ScannedMessage message) {
			this.done.add("handler: " + message.text());
		}

	}

}
