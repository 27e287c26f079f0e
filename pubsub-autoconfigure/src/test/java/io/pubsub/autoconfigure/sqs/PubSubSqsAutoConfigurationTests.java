package io.pubsub.autoconfigure.sqs;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration;
import io.pubsub.autoconfigure.FailureAnalyses;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.SharedHttpClient;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PubSubSqsAutoConfiguration}.
 */
class PubSubSqsAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(SharedHttpClient.class)
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class,
				AwsAutoConfiguration.class, SqsAutoConfiguration.class, PubSubAutoConfiguration.class,
				PubSubSqsAutoConfiguration.class))
		.withPropertyValues("spring.cloud.aws.region.static=eu-west-1");

	@Test
	void consumesTheConfiguredQueue() {
		this.contextRunner.withPropertyValues("pubsub.source=orders")
			.run((context) -> assertThat(context).hasSingleBean(SqsSource.class).doesNotHaveBean(DeadLetters.class));
	}

	@Test
	void triesAgainWhenTheTimekeeperOfTheUserSaysSo() {
		TestClock clock = new TestClock();
		UnreachableSqs sqs = new UnreachableSqs();
		this.contextRunner.withPropertyValues("pubsub.source=orders")
			.withBean(Timekeeper.class, clock::timekeeper)
			.withBean(SqsAsyncClient.class, () -> sqs)
			.run((context) -> {
				Subscription subscription = context.getBean(SqsSource.class).start((delivery) -> {
				});
				assertThat(sqs.calls).hasValue(2);
				clock.advance(Duration.ofSeconds(2));
				assertThat(sqs.calls).hasValue(3);
				subscription.stop(Duration.ZERO);
			});
	}

	@Test
	void consumesNothingWithoutAQueue() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(Source.class));
	}

	@Test
	void consumesNothingWhenConsumingIsDisabled() {
		this.contextRunner.withPropertyValues("pubsub.source=orders", "pubsub.consumer.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Source.class));
	}

	@Test
	void needsTheClassesOfSqs() {
		this.contextRunner.withPropertyValues("pubsub.source=orders")
			.withClassLoader(new FilteredClassLoader(SqsAsyncClient.class))
			.run((context) -> assertThat(context).doesNotHaveBean(Source.class));
	}

	@Test
	void backsOffWhenTheUserProvidesASource() {
		this.contextRunner.withPropertyValues("pubsub.source=orders")
			.withBean(Source.class, () -> new InMemoryQueue(new TestClock()).source())
			.run((context) -> assertThat(context).hasSingleBean(Source.class).doesNotHaveBean(SqsSource.class));
	}

	@Test
	void sendsDeadLettersWhereItIsTold() {
		this.contextRunner
			.withPropertyValues("pubsub.dead-letter.destination=https://sqs.eu-west-1.amazonaws.com/123456789012/dead")
			.run((context) -> assertThat(context).hasSingleBean(DeadLetters.class));
	}

	@ParameterizedTest
	@CsvSource({ "pubsub.source, arn:aws:sqs:us-west-2:123456789012:orders",
			"pubsub.source, https://sqs.us-west-2.amazonaws.com/123456789012/orders",
			"pubsub.dead-letter.destination, https://sqs.us-west-2.amazonaws.com/123456789012/dead" })
	void refusesAnAddressInAnotherRegionThanTheClients(String property, String address) {
		this.contextRunner.withPropertyValues(property + "=" + address)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageStartingWith(address + " is in the region us-west-2, but the client asks eu-west-1"));
	}

	@Test
	void takesAnAddressInAnotherRegionWhereAnEndpointIsSet() {
		this.contextRunner
			.withPropertyValues("pubsub.source=http://sqs.us-east-1.localhost:4566/000000000000/orders",
					"spring.cloud.aws.sqs.endpoint=http://localhost:4566")
			.run((context) -> assertThat(context).hasSingleBean(SqsSource.class));
	}

	@Test
	void refusesAPlaceForDeadLettersThatIsNone() {
		this.contextRunner.withPropertyValues("pubsub.dead-letter.destination=bad!name")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("bad!name"));
	}

	@ParameterizedTest
	@CsvSource({ "concurrency, 0", "concurrency, 10001", "max-prefetch, -1", "max-prefetch, 2147483647",
			"max-handling-time, 0ms", "max-attempts, 0", "backoff.max, 13h", "drain, -1s" })
	void refusesAWrongValueAndNamesItsProperty(String property, String value) {
		this.contextRunner.withPropertyValues("pubsub.source=orders", "pubsub.consumer." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(camelCase(property)));
	}

	@ParameterizedTest
	@CsvSource({ "poll-wait, 1500ms, 'pollWait must be whole seconds from 1s to 20s, not 1.5s'",
			"poll-wait, 0s, 'pollWait must be whole seconds from 1s to 20s, not 0s'",
			"poll-wait, 21s, 'pollWait must be whole seconds from 1s to 20s, not 21s'",
			"visibility-timeout, 1500ms, 'visibilityTimeout must be whole seconds from 1s to 12h, not 1.5s'",
			"visibility-timeout, 0s, 'visibilityTimeout must be whole seconds from 1s to 12h, not 0s'",
			"visibility-timeout, 13h, 'visibilityTimeout must be whole seconds from 1s to 12h, not 13h'",
			"ack.linger, 6s, 'ackLinger must be from 0s to 5s, not 6s'" })
	void refusesWhereItIsBoundWhatSqsDoesNotKnow(String property, String value, String message) {
		this.contextRunner.withPropertyValues("pubsub.consumer." + property + "=" + value).run((context) -> {
			assertThat(context).getFailure().rootCause().hasMessage(message);
			assertThat(FailureAnalyses.of(context.getStartupFailure()).getAction())
				.isEqualTo("Correct pubsub.consumer." + property + ".");
		});
	}

	@Test
	void refusesWhereItIsBoundALingerThatOutlastsTheVisibility() {
		this.contextRunner.withPropertyValues("pubsub.consumer.visibility-timeout=2s", "pubsub.consumer.ack.linger=2s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("ackLinger must be shorter than visibilityTimeout, but 2s is not shorter than 2s"));
	}

	@Test
	void hasTheDefaultsOfTheLibrary() {
		this.contextRunner.run((context) -> {
			PubSubProperties.Consumer consumer = context.getBean(PubSubProperties.class).consumer();
			SqsSourceOptions options = SqsSourceOptions.forQueue("orders");
			assertThat(consumer.concurrency()).isEqualTo(options.concurrency());
			assertThat(consumer.maxPrefetch()).isEqualTo(options.maxPrefetch());
			assertThat(consumer.pollWait()).isEqualTo(options.pollWait());
			assertThat(consumer.visibilityTimeout()).isEqualTo(options.visibilityTimeout());
			assertThat(consumer.heartbeat()).isEqualTo(options.heartbeat());
			assertThat(consumer.ack().linger()).isEqualTo(options.ackLinger());
		});
	}

	@ParameterizedTest
	@CsvSource({ "max-invalid-ratio, -0.1", "max-invalid-ratio, 1.1", "max-consecutive, -1" })
	void refusesAWrongLimitOfDeadLettersAndNamesItsProperty(String property, String value) {
		this.contextRunner.withPropertyValues("pubsub.dead-letter." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(camelCase(property)));
	}

	@Test
	void refusesAQueueThatIsNone() {
		this.contextRunner.withPropertyValues("pubsub.source=not a queue")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("not a queue"));
	}

	private static String camelCase(String property) {
		String name = property.substring(property.indexOf('.') + 1);
		return StringUtils
			.uncapitalize(Arrays.stream(name.split("-")).map(StringUtils::capitalize).collect(Collectors.joining()));
	}

	/**
	 * Counts how often it is asked where the queue is.
	 */
	private static final class UnreachableSqs implements SqsAsyncClient {

		private final AtomicInteger calls = new AtomicInteger();

		@Override
		public CompletableFuture<GetQueueUrlResponse> getQueueUrl(GetQueueUrlRequest request) {
			this.calls.incrementAndGet();
			return CompletableFuture.failedFuture(SdkClientException.create("no route"));
		}

		@Override
		public String serviceName() {
			return "sqs";
		}

		@Override
		public void close() {
		}

	}

}
