package io.pubsub.autoconfigure.observation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.pubsub.Handles;
import io.pubsub.IdentityMessage;
import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.NackException;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SharedHttpClient;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.observe.ObservedComposing;
import io.pubsub.observe.ObservedHandling;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.publish.ComposeInterceptor;
import io.pubsub.publish.Message;
import io.pubsub.publish.SnsProducer;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Destination;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubObservationAutoConfiguration}.
 */
class PubSubObservationAutoConfigurationTests {

	private static final MediaType SCANNED = new MediaType("application/vnd.example.pubsub._.created.scanned");

	private static final MediaType DELETED = new MediaType("application/vnd.example.pubsub._.deleted.scanned");

	private final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	private final InMemoryDestination destination = new InMemoryDestination();

	private final InMemorySpanExporter spans = InMemorySpanExporter.create();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(SharedHttpClient.class)
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class,
				AwsAutoConfiguration.class, PubSubAutoConfiguration.class, PubSubProducerAutoConfiguration.class,
				PubSubSqsAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
				PubSubObservationAutoConfiguration.class))
		.withBean(Source.class, this.queue::source)
		.withBean(Destination.class, () -> this.destination)
		.withBean("recordingHandler", RecordingHandler.class)
		.withPropertyValues("pubsub.organization=example", "pubsub.consumer.drain=1s",
				"pubsub.producer.topics.default=topic", "spring.cloud.aws.region.static=eu-west-1");

	private final ApplicationContextRunner traced = this.contextRunner
		.withConfiguration(
				AutoConfigurations.of(ObservationAutoConfiguration.class, OpenTelemetrySdkAutoConfiguration.class,
						OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class))
		.withBean(SpanProcessor.class, () -> SimpleSpanProcessor.create(this.spans))
		.withPropertyValues("management.tracing.sampling.probability=1");

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isOneTraceFromThePublisherToTheHandler(boolean raw) {
		link(raw);
		this.traced.run((context) -> {
			inSpan(context, () -> context.getBean(SnsProducer.class).produce(message("hello")));
			List<SpanData> processed = processed(1);
			SpanData publisher = named("publisher").get(0);
			SpanData created = named("create " + SCANNED).get(0);
			assertThat(created.getKind()).isEqualTo(SpanKind.PRODUCER);
			assertThat(created.getParentSpanId()).isEqualTo(publisher.getSpanId());
			assertThat(processed.get(0).getKind()).isEqualTo(SpanKind.CONSUMER);
			assertThat(processed.get(0).getParentSpanId()).isEqualTo(created.getSpanId());
			assertThat(processed.get(0).getTraceId()).isEqualTo(publisher.getTraceId());
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isOneTraceForEachMessageOfABatch(boolean raw) {
		link(raw);
		this.traced.run((context) -> {
			inSpan(context, () -> context.getBean(SnsProducer.class)
				.produceAll(List.of(message("one"), message("two"), message("three"))));
			List<SpanData> processed = processed(3);
			assertThat(processed).extracting(SpanData::getTraceId).containsOnly(named("publisher").get(0).getTraceId());
			assertThat(processed).extracting(SpanData::getParentSpanId)
				.containsExactlyInAnyOrderElementsOf(
						named("create " + SCANNED).stream().map(SpanData::getSpanId).toList());
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void isOneTraceThroughARelayedBatch(boolean raw) {
		link(raw);
		this.destination.link("batches", this.queue);
		this.traced
			.withPropertyValues("pubsub.producer.batching=relay",
					"pubsub.producer.topics.created.batch_message=batches", "pubsub.consumer.republish-batches=true")
			.run((context) -> {
				inSpan(context,
						() -> context.getBean(SnsProducer.class).produceAll(List.of(message("one"), message("two"))));
				assertThat(processed(3)).extracting(SpanData::getTraceId)
					.containsOnly(named("publisher").get(0).getTraceId());
				assertThat(named("process " + SCANNED)).extracting(SpanData::getParentSpanId)
					.containsExactlyInAnyOrderElementsOf(
							named("create " + SCANNED).stream().map(SpanData::getSpanId).toList());
			});
	}

	@Test
	void survivesABrokerThatDropsTheAttributes() {
		this.traced.run((context) -> {
			inSpan(context, () -> context.getBean(SnsProducer.class).produce(message("hello")));
			this.queue.send(this.destination.published().get(0).body());
			assertThat(processed(1).get(0).getTraceId()).isEqualTo(named("publisher").get(0).getTraceId());
		});
	}

	@Test
	void carriesTheTraceInOneAttributeBesideTheMediaType() {
		this.traced.run((context) -> {
			inSpan(context, () -> context.getBean(SnsProducer.class).produce(message("hello")));
			assertThat(this.destination.published().get(0).attributes()).containsOnlyKeys("media_type", "traceparent");
		});
	}

	@Test
	void goesOnBesideAnInterceptorOfTheApplication() {
		this.traced
			.withBean(ComposeInterceptor.class, () -> (mediaType, next) -> next.compose(Map.of("x-tenant", "one")))
			.run((context) -> {
				context.getBean(SnsProducer.class).produce(message("hello"));
				assertThat(this.destination.published().get(0).attributes()).containsOnlyKeys("media_type",
						"traceparent", "x-tenant");
			});
	}

	@Test
	void goesOnInTheMessagesThatAHandlerPublishes() {
		link(true);
		this.traced.withBean(RelayingHandler.class).run((context) -> {
			inSpan(context, () -> context.getBean(SnsProducer.class)
				.produce(new MediaType("application/vnd.example.pubsub._.deleted.scanned"), Map.of("id", "1")));
			SpanData last = processed(2).stream()
				.filter((span) -> span.getName().endsWith(SCANNED.value()))
				.toList()
				.get(0);
			assertThat(last.getTraceId()).isEqualTo(named("publisher").get(0).getTraceId());
		});
	}

	@Test
	void runsTheHandlerInTheTraceAndWithItsContext() {
		link(true);
		this.traced.run((context) -> {
			context.getBean(SnsProducer.class).produce(message("hello"));
			processed(1);
			assertThat(context.getBean(RecordingHandler.class).seen).singleElement()
				.satisfies((seen) -> assertThat(seen.get("traceparent"))
					.contains(named("create " + SCANNED).get(0).getSpanId()));
		});
	}

	@Test
	void tellsARetryFromAnError() {
		link(true);
		this.traced.run((context) -> {
			context.getBean(SnsProducer.class).produce(message("later"));
			SpanData processed = processed(1).get(0);
			assertThat(attribute(processed, "outcome")).isEqualTo("retried");
			assertThat(processed.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
		});
	}

	@Test
	void recordsAnErrorOfTheHandler() {
		link(true);
		this.traced.run((context) -> {
			context.getBean(SnsProducer.class).produce(message("broken"));
			SpanData processed = processed(1).get(0);
			assertThat(attribute(processed, "outcome")).isEqualTo("failed");
			assertThat(attribute(processed, "handler")).isEqualTo("recordingHandler.on");
			assertThat(processed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		});
	}

	@Test
	void goesOnInTheMessagesThatAPipelinePublishes() {
		this.traced.run((context) -> {
			SnsProducer producer = context.getBean(SnsProducer.class);
			ConsumerDaemon daemon = run(context,
					Pipeline.named("words")
						.from(ScannedMessage.class)
						.batch(10, Duration.ofMillis(1))
						.to((batch) -> producer.produce(DELETED, Map.of("id", "1"))));
			inSpan(context, () -> producer.produce(message("one")));
			SpanData processed = processed(1).get(0);
			daemon.stop();
			assertThat(processed.getParentSpanId()).isEqualTo(named("create " + SCANNED).get(0).getSpanId());
			assertThat(named("create unknown").get(0).getParentSpanId()).isEqualTo(processed.getSpanId());
		});
	}

	@Test
	void linksABatchOfAPipelineToItsMessages() {
		this.traced.run((context) -> {
			ConsumerDaemon daemon = run(context,
					Pipeline.named("words").from(ScannedMessage.class).batch(2, Duration.ofHours(1)).to((batch) -> {
					}));
			context.getBean(SnsProducer.class).produceAll(List.of(message("one"), message("two")));
			List<SpanData> processed = processed(2);
			daemon.stop();
			SpanData batch = named("batch words").get(0);
			assertThat(batch.getParentSpanContext().isValid()).isFalse();
			assertThat(batch.getLinks()).extracting((link) -> link.getSpanContext().getSpanId())
				.containsExactlyInAnyOrderElementsOf(processed.stream().map(SpanData::getSpanId).toList());
		});
	}

	@Test
	void observesPipelinesOnlyWhereThereAreSome() {
		this.traced.withClassLoader(new FilteredClassLoader("io.pubsub.pipeline"))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(ObservedHandling.class));
	}

	@Test
	void observesNothingWithoutARegistry() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(ObservedComposing.class)
			.doesNotHaveBean(ObservedHandling.class));
	}

	@Test
	void observesNothingWithoutMicrometer() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("pubSubObservedComposing"));
	}

	@Test
	void observesPublishingOnlyWhenConsumingIsDisabled() {
		this.traced.withPropertyValues("pubsub.consumer.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(ObservedComposing.class)
				.doesNotHaveBean(ObservedHandling.class));
	}

	private ConsumerDaemon run(ApplicationContext context, Pipeline pipeline) {
		InMemoryQueue own = new InMemoryQueue(new TestClock());
		this.destination.linkRaw("topic", own);
		PipelineReceiver receiver = PipelineReceiver
			.builder(pipeline, Envelope.codec(JsonMapper.shared()), context.getBean(MessageCodec.class),
					context.getBean(SchemaRegistry.class))
			.interceptors(context.getBeanProvider(OriginInterceptor.class).orderedStream().toList())
			.build();
		ConsumerDaemon daemon = new ConsumerDaemon(own.source(10, BackoffPolicy.fixed(Duration.ofHours(1))), receiver,
				Duration.ofSeconds(1));
		daemon.start();
		return daemon;
	}

	private void link(boolean raw) {
		if (raw) {
			this.destination.linkRaw("topic", this.queue);
		}
		else {
			this.destination.link("topic", this.queue);
		}
	}

	private static Message message(String text) {
		return Message.of(new ScannedMessage(text));
	}

	private static void inSpan(ApplicationContext context, Runnable work) {
		Observation.createNotStarted("publisher", context.getBean(ObservationRegistry.class)).observe(work);
	}

	private List<SpanData> processed(int count) {
		List<SpanData> processed = new ArrayList<>();
		Awaitility.await().untilAsserted(() -> {
			processed.clear();
			processed.addAll(this.spans.getFinishedSpanItems()
				.stream()
				.filter((span) -> span.getName().startsWith("process "))
				.toList());
			assertThat(processed).hasSize(count);
		});
		return processed;
	}

	private List<SpanData> named(String name) {
		return this.spans.getFinishedSpanItems().stream().filter((span) -> span.getName().equals(name)).toList();
	}

	private static String attribute(SpanData span, String name) {
		return span.getAttributes()
			.asMap()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().getKey().equals(name))
			.map((entry) -> String.valueOf(entry.getValue()))
			.findFirst()
			.orElse("");
	}

	static class RecordingHandler {

		private final List<MessageContext> seen = new CopyOnWriteArrayList<>();

		@Handles
		void on(ScannedMessage message, MessageContext context) {
			this.seen.add(context);
			if (message.text().equals("later")) {
				throw new NackException(Duration.ofMinutes(1), "busy");
			}
			if (message.text().equals("broken")) {
				throw new IllegalStateException("expected");
			}
		}

	}

	static class RelayingHandler {

		private final SnsProducer producer;

		RelayingHandler(SnsProducer producer) {
			this.producer = producer;
		}

		@Handles(mediaTypes = "deleted.scanned")
		void on(IdentityMessage message) {
			this.producer.produce(new ScannedMessage("relayed"));
		}

	}

}
