package io.pubsub.autoconfigure.observation;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.pubsub.MediaType;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SharedHttpClient;
import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.pipeline.PubSubPipelineAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.publish.Message;
import io.pubsub.publish.SnsProducer;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the trace of a message that goes through a pipeline of the application, over
 * threads, into what is published.
 */
class PipelineTracesTests {

	private static final String SCANNED = "application/vnd.example.pubsub._.created.scanned";

	private static final MediaType DELETED = new MediaType("application/vnd.example.pubsub._.deleted.scanned");

	private final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	private final InMemoryDestination destination = new InMemoryDestination();

	private final InMemorySpanExporter spans = InMemorySpanExporter.create();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(SharedHttpClient.class)
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				ObservationAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class,
				OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class,
				CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class,
				AwsAutoConfiguration.class, PubSubAutoConfiguration.class, PubSubProducerAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class, PubSubPipelineAutoConfiguration.class,
				PubSubObservationAutoConfiguration.class))
		.withBean(SpanProcessor.class, () -> SimpleSpanProcessor.create(this.spans))
		.withBean(SourceFactory.class, () -> new Queue(this.queue))
		.withBean(Destination.class, () -> this.destination)
		.withPropertyValues("pubsub.organization=example", "pubsub.consumer.drain=1s",
				"pubsub.producer.topics.default=topic", "pubsub.pipelines.words.source=sentences",
				"spring.cloud.aws.region.static=eu-west-1", "management.tracing.sampling.probability=1");

	@ParameterizedTest
	@ValueSource(classes = { Published.class, PublishedInLanes.class, PublishedConcurrently.class })
	void goesOnIntoWhatIsPublished(Class<?> pipeline) {
		this.contextRunner.withUserConfiguration(pipeline).run((context) -> {
			receivePublished(context);
			SpanData processed = named("process " + SCANNED).get(0);
			SpanData created = named("create unknown").get(0);
			assertThat(processed.getParentSpanId()).isEqualTo(named("create " + SCANNED).get(0).getSpanId());
			assertThat(created.getParentSpanId()).isEqualTo(processed.getSpanId());
			assertThat(this.destination.published().get(1).attributes().get("traceparent"))
				.startsWith("00-%s-%s-".formatted(named("publisher").get(0).getTraceId(), created.getSpanId()));
		});
	}

	@Test
	void goesOnFromABatchOfOneMessage() {
		this.contextRunner.withUserConfiguration(PublishedInBatches.class).run((context) -> {
			receivePublished(context);
			assertThat(this.destination.published().get(1).attributes().get("traceparent"))
				.startsWith("00-" + named("publisher").get(0).getTraceId());
		});
	}

	private void receivePublished(ApplicationContext context) {
		Observation.createNotStarted("publisher", context.getBean(ObservationRegistry.class))
			.observe(() -> context.getBean(SnsProducer.class).produce(new ScannedMessage("hello")));
		OutboundMessage message = this.destination.published().get(0);
		this.queue.send(message.body(), message.attributes());
		Awaitility.await().untilAsserted(() -> assertThat(named("process " + SCANNED)).hasSize(1));
	}

	private List<SpanData> named(String name) {
		return this.spans.getFinishedSpanItems().stream().filter((span) -> span.getName().equals(name)).toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class Published {

		@Bean
		Pipeline words(SnsProducer producer) {
			return Pipeline.named("words")
				.from(ScannedMessage.class)
				.map((message) -> Message.of(DELETED, Map.of("id", message.text())))
				.publish(producer)
				.end();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PublishedInLanes {

		@Bean
		Pipeline words(SnsProducer producer) {
			return Pipeline.named("words")
				.from(ScannedMessage.class)
				.keyedBy(ScannedMessage::text, 2)
				.to((message) -> producer.produce(DELETED, Map.of("id", message.text())));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PublishedConcurrently {

		@Bean
		Pipeline words(SnsProducer producer) {
			return Pipeline.named("words")
				.from(ScannedMessage.class)
				.flatMapIterable((message) -> List.of(message.text()))
				.mapConcurrently(2, (text) -> producer.produce(DELETED, Map.of("id", text)))
				.end();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PublishedInBatches {

		@Bean
		Pipeline words(SnsProducer producer) {
			return Pipeline.named("words")
				.from(ScannedMessage.class)
				.map((message) -> Message.of(DELETED, Map.of("id", message.text())))
				.batch(10, Duration.ofMillis(1))
				.publish(producer)
				.end();
		}

	}

	record Queue(InMemoryQueue queue) implements SourceFactory {

		@Override
		public boolean supports(String address) {
			return true;
		}

		@Override
		public Source create(SourceSettings settings) {
			return this.queue.source(settings.concurrency(), settings.backoff());
		}

	}

}
