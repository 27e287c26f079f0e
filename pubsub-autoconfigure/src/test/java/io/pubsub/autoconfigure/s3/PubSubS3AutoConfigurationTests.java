package io.pubsub.autoconfigure.s3;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.NackException;
import io.pubsub.OpaqueData;
import io.pubsub.SkipMessageException;
import io.pubsub.UriMessage;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.internal.Actionable;
import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.autoconfigure.publish.DestinationDecorator;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.autoconfigure.uri.PubSubUriAutoConfiguration;
import io.pubsub.aws.s3.LargeMessageDestination;
import io.pubsub.aws.s3.LargeMessageRemoval;
import io.pubsub.aws.s3.MissingObject;
import io.pubsub.aws.s3.MissingObjectException;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.dispatch.DeadLetterReason;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.UntrustedMessageException;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.OutcomeRecorder;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import io.pubsub.uri.ResourceScheme;
import io.pubsub.uri.UriResourceException;
import io.pubsub.uri.UriResources;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PubSubS3AutoConfiguration}.
 */
class PubSubS3AutoConfigurationTests {

	private static final InboundMessage REFERENCE = new InboundMessage("1", """
			["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"files","s3Key":"a b.json"}]""",
			Map.of("ExtendedPayloadSize", "17"), null, null);

	private static final InboundMessage NOTIFICATION = new InboundMessage("1",
			"""
					{"Type": "Notification", "MessageId": "2", "TopicArn": "arn:aws:sns:eu-central-1:123456789012:others",
					"Message": "[\\"software.amazon.payloadoffloading.PayloadS3Pointer\\",{\\"s3BucketName\\":\\"files\\",\\"s3Key\\":\\"a\\"}]",
					"Signature": "bm9uZQ==", "SignatureVersion": "2", "Timestamp": "2026-11-28T00:00:00.000Z",
					"SigningCertURL": "https://sns.eu-central-1.amazonaws.com/a.pem",
					"MessageAttributes": {"ExtendedPayloadSize": {"Type": "String", "Value": "17"}}}""",
			Map.of(), null, null);

	private final ApplicationContextRunner withoutClient = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				PubSubAutoConfiguration.class, PubSubS3AutoConfiguration.class));

	private final ApplicationContextRunner contextRunner = this.withoutClient.withBean(S3Client.class,
			EmptyS3Client::new);

	private final ApplicationContextRunner removing = this.contextRunner
		.withConfiguration(
				AutoConfigurations.of(PubSubConsumerAutoConfiguration.class, PubSubSqsAutoConfiguration.class))
		.withPropertyValues("pubsub.s3.large-messages.read-from=files",
				"pubsub.s3.large-messages.remove-with-message=true");

	private final ApplicationContextRunner withResources = this.withoutClient
		.withConfiguration(AutoConfigurations.of(PubSubUriAutoConfiguration.class))
		.withPropertyValues("pubsub.uri.allowed-hosts=s3://files");

	@Test
	void handsAMessageBackWhoseObjectIsMissing() {
		this.contextRunner.run((context) -> assertThatExceptionOfType(NackException.class)
			.isThrownBy(() -> context.getBean(S3Objects.class).open(S3Object.of("files", "a"))));
	}

	@Test
	void skipsAMessageWhoseObjectIsMissing() {
		this.contextRunner.withPropertyValues("pubsub.s3.missing=skip")
			.run((context) -> assertThatExceptionOfType(SkipMessageException.class)
				.isThrownBy(() -> context.getBean(S3Objects.class).open(S3Object.of("files", "a"))));
	}

	@Test
	void failsOnAMessageWhoseObjectIsMissing() {
		this.contextRunner.withPropertyValues("pubsub.s3.missing=fail")
			.run((context) -> assertThatExceptionOfType(MissingObjectException.class)
				.isThrownBy(() -> context.getBean(S3Objects.class).open(S3Object.of("files", "a"))));
	}

	@Test
	void readsTheResourceOfAMessageFromAnAllowedBucket() {
		this.withResources.withBean(S3Client.class, () -> new SmallS3Client("{\"name\": \"Ada\"}"))
			.run((context) -> assertThat(get(context, "s3://files/a%20b.json")).isEqualTo(Map.of("name", "Ada")));
	}

	@Test
	void handsAMessageBackWhoseResourceIsNotInItsBucket() {
		this.withResources.withBean(S3Client.class, EmptyS3Client::new)
			.run((context) -> assertThatExceptionOfType(NackException.class)
				.isThrownBy(() -> get(context, "s3://files/a"))
				.withMessage("URI resource not found"));
	}

	@Test
	void readsNoResourceFromABucketThatIsNotAllowed() {
		this.withResources.withBean(S3Client.class, EmptyS3Client::new)
			.run((context) -> assertThatExceptionOfType(UriResourceException.class)
				.isThrownBy(() -> get(context, "s3://others/a"))
				.withMessageContaining("s3://others is not among the allowed hosts"));
	}

	@Test
	void isOnWithoutUriMessages() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(ResourceScheme.class))
			.run((context) -> assertThat(context).hasSingleBean(S3Objects.class));
	}

	@Test
	void readsWhatAMessageRefersToFromTheBucketsOfLargeMessages() {
		this.withoutClient.withBean(S3Client.class, () -> new SmallS3Client("{\"text\": \"large\"}"))
			.withPropertyValues("pubsub.envelope=raw", "pubsub.s3.large-messages.read-from=files")
			.run((context) -> assertThat(context.getBean(Envelope.class).open(REFERENCE).content())
				.hasToString("{\"text\":\"large\"}"));
	}

	@Test
	void readsNothingThatAMessageRefersToByDefault() {
		this.contextRunner.run((context) -> assertThatExceptionOfType(UntrustedMessageException.class)
			.isThrownBy(() -> context.getBean(Envelope.class).open(REFERENCE))
			.withMessage("its content is s3://files/a b.json, and large messages are not read from that bucket"));
	}

	@Test
	void putsLargeMessagesIntoTheirBucket() {
		this.contextRunner
			.withPropertyValues("pubsub.s3.large-messages.bucket=files", "pubsub.producer.max-message-size=5B")
			.run((context) -> assertThat(
					context.getBean(DestinationDecorator.class).decorate(new InMemoryDestination()))
				.isInstanceOf(LargeMessageDestination.class));
	}

	@Test
	void putsNoLargeMessagesIntoABucketByDefault() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(DestinationDecorator.class));
	}

	@Test
	void refusesABucketOfLargeMessagesWithoutAClient() {
		this.withoutClient.withPropertyValues("pubsub.s3.large-messages.bucket=files")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("pubsub.s3.large-messages needs pubsub-starter-s3, and one client of S3"));
	}

	@Test
	void removesNoContentsByDefault() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(LargeMessageRemoval.class));
	}

	@Test
	void removesContentsWithTheirMessages() {
		this.removing.withBean(SimpleMeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(LargeMessageRemoval.class);
			context.getBean("pubSubLargeMessageMeters", MeterBinder.class).bindTo(context.getBean(MeterRegistry.class));
			assertThat(context.getBean(MeterRegistry.class).get("pubsub.large.messages.removed").functionCounter())
				.isNotNull();
		});
	}

	@Test
	void removesContentsWithoutMicrometer() {
		this.removing.withClassLoader(new FilteredClassLoader(MeterBinder.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(LargeMessageRemoval.class));
	}

	@Test
	void backsOffWhenTheUserProvidesTheRemoval() {
		LargeMessageRemoval removal = new LargeMessageRemoval(new EmptyS3Client());
		this.removing.withBean(LargeMessageRemoval.class, () -> removal)
			.run((context) -> assertThat(context).getBean(LargeMessageRemoval.class).isSameAs(removal));
	}

	@Test
	void refusesToRemoveContentsInLambda() {
		this.removing.withPropertyValues(CommandLineProperties.LAMBDA + "=true")
			.run((context) -> assertRefused(context, "Lambda deletes a message after the function has returned"));
	}

	@Test
	void refusesToRemoveContentsOfTrustedTopics() {
		this.removing.withPropertyValues("pubsub.consumer.trusted-topics=arn:aws:sns:eu-central-1:123456789012:orders")
			.run((context) -> assertRefused(context, "pubsub.consumer.trusted-topics lets only messages of topics in"));
	}

	@Test
	void refusesToRemoveContentsOfAQueueThatTopicsSendTo() {
		this.removing.withBean(SqsAsyncClient.class, TopicQueue::new)
			.withPropertyValues("pubsub.source=" + TopicQueue.URL)
			.run((context) -> assertRefused(context,
					"the policy of queue '%s' lets topics send to it, whose other".formatted(TopicQueue.URL)));
	}

	private static void assertRefused(AssertableApplicationContext context, String reason) {
		assertThat(context).getFailure()
			.isInstanceOf(RemovalRefusedException.class)
			.hasMessageStartingWith("pubsub.s3.large-messages.remove-with-message is true, but " + reason)
			.asInstanceOf(InstanceOfAssertFactories.type(Actionable.class))
			.extracting(Actionable::action, InstanceOfAssertFactories.STRING)
			.contains("give the bucket a lifecycle rule");
	}

	@Test
	void readsNothingThatAnUntrustedTopicRefersTo() {
		this.removing
			.withPropertyValues("pubsub.s3.large-messages.remove-with-message=false", "pubsub.envelope=codec",
					"pubsub.consumer.trusted-topics=arn:aws:sns:eu-central-1:123456789012:orders")
			.withBean(OutcomeRecorder.class, OutcomeRecorder::new)
			.run((context) -> {
				context.getBean(MessageDispatcher.class).receive(delivery(NOTIFICATION));
				assertThat(context.getBean(OutcomeRecorder.class).results()).singleElement()
					.returns(DeadLetterReason.UNTRUSTED, DispatchResult::deadLetterReason)
					.extracting((result) -> result.outcome().cause(), InstanceOfAssertFactories.THROWABLE)
					.hasMessageContaining("its topic");
			});
	}

	private static TrackedDelivery delivery(InboundMessage message) {
		return new TrackedDelivery(message, 1, new TrackedDelivery.Settler() {

			@Override
			public void ack(TrackedDelivery delivery) {
				delivery.complete(Settlement.ACKED);
			}

			@Override
			public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
				delivery.complete(Settlement.NACKED);
			}

		});
	}

	@Test
	void backsOffWhenTheUserProvidesObjects() {
		S3Objects objects = new S3Objects(new EmptyS3Client(), MissingObject.SKIP);
		this.contextRunner.withBean(S3Objects.class, () -> objects)
			.run((context) -> assertThat(context).getBean(S3Objects.class).isSameAs(objects));
	}

	@Test
	void isOffWithoutAClient() {
		this.withoutClient.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(S3Objects.class));
	}

	@Test
	void isOffWithSeveralClients() {
		this.contextRunner.withBean("other", S3Client.class, EmptyS3Client::new)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(S3Objects.class));
	}

	@Test
	void isOffWithoutS3() {
		this.withoutClient.withClassLoader(new FilteredClassLoader(S3Client.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PubSubS3AutoConfiguration.class));
	}

	@Test
	void isOffWithoutGzip() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(GzipCompressorInputStream.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PubSubS3AutoConfiguration.class));
	}

	private static Map<String, Object> get(BeanFactory context, String uri) {
		return context.getBean(UriResources.class)
			.get(new UriMessage(URI.create(uri)),
					new MessageContext("1", new MediaType("text/x"), 1, null, null, OpaqueData.none(), Map.of()));
	}

	/**
	 * A client that finds the same under one key.
	 */
	private record SmallS3Client(String content) implements S3Client {

		@Override
		public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
			assertThat(request).returns("files", GetObjectRequest::bucket).returns("a b.json", GetObjectRequest::key);
			byte[] bytes = this.content.getBytes(StandardCharsets.UTF_8);
			return new ResponseInputStream<>(GetObjectResponse.builder().contentLength((long) bytes.length).build(),
					new ByteArrayInputStream(bytes));
		}

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
		}

	}

	/**
	 * A client that finds nothing.
	 */
	private static final class EmptyS3Client implements S3Client {

		@Override
		public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
			throw NoSuchKeyException.builder().statusCode(404).build();
		}

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
		}

	}

	/**
	 * A client of a queue to which SNS may send.
	 */
	private static final class TopicQueue implements SqsAsyncClient {

		static final String URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/orders";

		@Override
		public CompletableFuture<GetQueueAttributesResponse> getQueueAttributes(GetQueueAttributesRequest request) {
			return CompletableFuture.completedFuture(GetQueueAttributesResponse.builder()
				.attributes(Map.of(QueueAttributeName.POLICY,
						"{\"Statement\": {\"Principal\": {\"Service\": \"sns.amazonaws.com\"}}}"))
				.build());
		}

		@Override
		public String serviceName() {
			return SERVICE_NAME;
		}

		@Override
		public void close() {
		}

	}

}
