package io.pubsub.autoconfigure.metrics;

import java.util.List;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.MeterNotFoundException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pubsub.Handles;
import io.pubsub.MediaType;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SharedHttpClient;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.publish.DestinationDecorator;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.observe.OutcomeMeters;
import io.pubsub.publish.SnsProducer;
import io.pubsub.source.Feed;
import io.pubsub.source.PullSource;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Destination;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubMetricsAutoConfiguration}.
 */
class PubSubMetricsAutoConfigurationTests {

	private static final MediaType SCANNED = new MediaType("application/vnd.example.pubsub._.created.scanned");

	private final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	private final InMemoryDestination destination = new InMemoryDestination();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(SharedHttpClient.class)
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class,
				AwsAutoConfiguration.class, MetricsAutoConfiguration.class, SqsAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubProducerAutoConfiguration.class, PubSubSqsAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class, PubSubMetricsAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withBean(Destination.class, () -> this.destination)
		.withPropertyValues("pubsub.organization=example", "pubsub.consumer.drain=1s",
				"pubsub.producer.topics.default=topic", "spring.cloud.aws.region.static=eu-west-1");

	private final ApplicationContextRunner withSource = this.contextRunner.withBean(Source.class, this.queue::source)
		.withBean("scannedHandler", ScannedHandler.class);

	@Test
	void timesPublishingAndHandling() {
		this.destination.link("topic", this.queue);
		this.withSource.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBean(SnsProducer.class).produce(new ScannedMessage("hello"));
			Awaitility.await().ignoreException(MeterNotFoundException.class).untilAsserted(() -> {
				assertThat(registry.get("pubsub.consumer.handling")
					.tags("media_type", SCANNED.value(), "handler", "scannedHandler.on", "outcome", "succeeded")
					.timer()
					.count()).isEqualTo(1);
				assertThat(registry.get("pubsub.consumer.dwell").tag("media_type", SCANNED.value()).timer().count())
					.isEqualTo(1);
			});
			assertThat(registry.get("pubsub.producer.publish")
				.tags("media_type", SCANNED.value(), "result", "published")
				.timer()
				.count()).isEqualTo(1);
		});
	}

	@Test
	void countsTheFailuresOfAFeed() {
		this.contextRunner.withBean(PullSource.class, () -> PullSource.of("orders", new BrokenFeed()))
			.run((context) -> Awaitility.await()
				.untilAsserted(() -> assertThat(context.getBean(MeterRegistry.class)
					.get("pubsub.feed.failures")
					.tag("feed", "orders")
					.functionCounter()
					.count()).isPositive()));
	}

	@Test
	void showsTheMessagesInFlight() {
		this.withSource.run((context) -> assertThat(
				context.getBean(MeterRegistry.class).get("pubsub.consumer.in.flight").gauge().value())
			.isZero());
	}

	@Test
	void showsWhatASourceOnSqsCounts() {
		this.contextRunner
			.withPropertyValues("pubsub.source=queue", "spring.cloud.aws.endpoint=http://127.0.0.1:1",
					"spring.cloud.aws.credentials.access-key=a", "spring.cloud.aws.credentials.secret-key=b")
			.run((context) -> {
				assertThat(context).hasBean("pubSubSqsMeters");
				assertThat(context.getBean(MeterRegistry.class).get("pubsub.sqs.messages").functionCounter().count())
					.isZero();
			});
	}

	@Test
	void measuresNothingWithoutMicrometer() {
		new ApplicationContextRunner().withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
					PubSubAutoConfiguration.class, PubSubMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(DestinationDecorator.class));
	}

	@Test
	void measuresNothingWithoutARegistry() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
					PubSubAutoConfiguration.class, PubSubMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OutcomeMeters.class));
	}

	private static final class BrokenFeed implements Feed {

		@Override
		public List<InboundMessage> next(int most) {
			throw new IllegalStateException("expected");
		}

		@Override
		public void succeeded(String id) {
		}

		@Override
		public void failed(String id, Failure failure) {
		}

	}

	static class ScannedHandler {

		@Handles
		void on(ScannedMessage message) {
		}

	}

}
