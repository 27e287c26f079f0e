package io.pubsub.aws.s3;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import io.pubsub.MediaType;
import io.pubsub.MediaTypes;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.aws.sns.SnsDestination;
import io.pubsub.aws.sqs.SqsDestination;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.Handler;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.local.LocalBroker;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.Subscription;
import jakarta.validation.Validation;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The embedded broker with a bucket for large messages, and our way of publishing and
 * consuming them.
 */
final class LargeMessageBroker implements AutoCloseable {

	static final String BUCKET = "large-messages";

	static final MediaType MEDIA_TYPE = new MediaType("text/note");

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final LocalBroker local = LocalBroker.start();

	private final SnsClient sns = configure(SnsClient.builder(), this.local.snsEndpoint())
		.httpClientBuilder(Apache5HttpClient.builder())
		.build();

	private final SqsClient sqs = configure(SqsClient.builder(), this.local.sqsEndpoint())
		.httpClientBuilder(Apache5HttpClient.builder())
		.build();

	private final S3Client s3 = configure(S3Client.builder(), this.local.s3Endpoint()).forcePathStyle(true)
		.httpClientBuilder(Apache5HttpClient.builder())
		.build();

	private final SnsAsyncClient snsAsync = configure(SnsAsyncClient.builder(), this.local.snsEndpoint()).build();

	private final SqsAsyncClient sqsAsync = configure(SqsAsyncClient.builder(), this.local.sqsEndpoint()).build();

	LargeMessageBroker() {
		this.local.createBucket(BUCKET);
	}

	private static <B extends AwsClientBuilder<B, ?>> B configure(B builder, URI endpoint) {
		return builder.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
	}

	SnsClient sns() {
		return this.sns;
	}

	SqsClient sqs() {
		return this.sqs;
	}

	S3Client s3() {
		return this.s3;
	}

	String createQueue() {
		return this.local.createQueue("large-" + UUID.randomUUID());
	}

	/**
	 * Creates a topic, and subscribes a queue to it.
	 * @param queueUrl the URL of the queue
	 * @param raw whether the queue gets bare messages
	 * @return the ARN of the topic
	 */
	String createTopic(String queueUrl, boolean raw) {
		String topicArn = this.local.createTopic("large-" + UUID.randomUUID());
		this.local.subscribe(topicArn, queueUrl.substring(queueUrl.lastIndexOf('/') + 1), raw, null);
		return topicArn;
	}

	/**
	 * The body of a message that has a text.
	 * @param text the text
	 * @return the body, as our codec writes it
	 */
	static String body(String text) {
		return JSON.createObjectNode().put("mediaType", MEDIA_TYPE.value()).put("text", text).toString();
	}

	/**
	 * Publishes a message as our producer does.
	 * @param address the ARN of a topic or the URL of a queue
	 * @param body the body
	 */
	void publish(String address, String body) {
		Destination destination = address.startsWith("arn:") ? new SnsDestination(this.snsAsync)
				: new SqsDestination(this.sqsAsync);
		OutboundMessage message = new OutboundMessage(address, MEDIA_TYPE, body,
				Map.of("media_type", MEDIA_TYPE.value()));
		assertThat(new LargeMessageDestination(destination, this.s3, BUCKET).publish(List.of(message)).join())
			.allMatch(PublishResult::isPublished);
	}

	/**
	 * Consumes a queue as our daemon does.
	 * @param queueUrl the URL of the queue
	 * @param handler the handler of each text
	 * @param deadLetters the URL of the queue for dead letters
	 * @param listeners the listeners
	 * @return the subscription, which hands what is acknowledged over to the listeners
	 * before it stops
	 */
	Subscription consume(String queueUrl, BiFunction<String, MessageContext, Outcome> handler, String deadLetters,
			OutcomeListener... listeners) {
		SchemaRegistry schemas = new SchemaRegistry(new MediaTypes("example"), true);
		MessageCodec codec = new MessageCodec(JSON, Validation.buildDefaultValidatorFactory().getValidator(), schemas);
		HandlerRegistry handlers = new HandlerRegistry();
		handlers.register(new Handler("notes", MEDIA_TYPE, Map.class,
				(content, context) -> handler.apply((String) ((Map<?, ?>) content).get("text"), context)));
		Envelope envelope = new LargeMessageEnvelope(Envelope.codec(JSON), this.s3, List.of(BUCKET), 10_000_000, JSON);
		MessageDispatcher dispatcher = MessageDispatcher.builder(envelope, codec, handlers)
			.deadLetters(new DeadLetters(new SqsDestination(this.sqsAsync), deadLetters))
			.listeners(List.of(listeners))
			.build();
		SqsSourceOptions options = SqsSourceOptions.builder(queueUrl)
			.backoff(BackoffPolicy.fixed(Duration.ofSeconds(1)))
			.build();
		return new SqsSource(this.sqsAsync, options).start(dispatcher);
	}

	/**
	 * Consumes texts.
	 * @param queueUrl the URL of the queue
	 * @param texts the texts that have come
	 * @param listeners the listeners
	 * @return the subscription
	 */
	Subscription consume(String queueUrl, CopyOnWriteArrayList<String> texts, OutcomeListener... listeners) {
		return consume(queueUrl, (text, context) -> {
			texts.add(text);
			return Outcome.succeeded();
		}, queueUrl, listeners);
	}

	/**
	 * Receives the only message of a queue.
	 * @param client the client, which may be one that reads references
	 * @param queueUrl the URL of the queue
	 * @return the message
	 */
	static Message receive(SqsClient client, String queueUrl) {
		List<Message> messages = client
			.receiveMessage(ReceiveMessageRequest.builder()
				.queueUrl(queueUrl)
				.waitTimeSeconds(10)
				.messageAttributeNames("All")
				.build())
			.messages();
		assertThat(messages).hasSize(1);
		return messages.get(0);
	}

	/**
	 * The contents in the bucket.
	 * @return their keys
	 */
	List<String> contents() {
		return this.s3.listObjectsV2((request) -> request.bucket(BUCKET))
			.contents()
			.stream()
			.map(S3Object::key)
			.toList();
	}

	/**
	 * Removes all contents.
	 */
	void clear() {
		contents().forEach((key) -> this.s3.deleteObject((request) -> request.bucket(BUCKET).key(key)));
	}

	@Override
	public void close() {
		List.of(this.sns, this.sqs, this.s3, this.snsAsync, this.sqsAsync).forEach((client) -> client.close());
		this.local.close();
	}

}
