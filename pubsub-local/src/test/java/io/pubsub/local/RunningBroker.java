package io.pubsub.local;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * One broker for all tests, and the clients of AWS on it. Each test has topics and queues
 * of its own.
 */
public final class RunningBroker implements BeforeAllCallback {

	private static final AtomicInteger numbers = new AtomicInteger();

	private @Nullable Clients clients;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.clients = context.getRoot()
			.getStore(ExtensionContext.Namespace.GLOBAL)
			.computeIfAbsent(RunningBroker.class, (key) -> new Clients(LocalBroker.start()), Clients.class);
	}

	private Clients clients() {
		if (this.clients == null) {
			throw new IllegalStateException("The broker starts before the first test");
		}
		return this.clients;
	}

	public LocalBroker broker() {
		return clients().broker;
	}

	public SnsClient sns() {
		return clients().sns;
	}

	public SqsClient sqs() {
		return clients().sqs;
	}

	public S3Client s3() {
		return clients().s3;
	}

	public String bucket() {
		String name = "bucket-" + uniqueName();
		broker().createBucket(name);
		return name;
	}

	public String uniqueName() {
		return "n" + numbers.incrementAndGet();
	}

	public String topic() {
		return broker().createTopic(uniqueName());
	}

	public String fifoTopic() {
		return broker().createTopic(uniqueName() + ".fifo");
	}

	public String queue() {
		return createQueue(uniqueName());
	}

	public String fifoQueue() {
		return createQueue(uniqueName() + ".fifo");
	}

	private String createQueue(String name) {
		broker().createQueue(name);
		return name;
	}

	public String queueArn(String name) {
		return "arn:aws:sqs:us-east-1:000000000000:" + name;
	}

	public String subscribe(String topicArn, String queue, Map<String, String> attributes) {
		return sns()
			.subscribe((request) -> request.topicArn(topicArn)
				.protocol("sqs")
				.endpoint(queueArn(queue))
				.attributes(attributes)
				.returnSubscriptionArn(true))
			.subscriptionArn();
	}

	public void publish(String topicArn, String message, Map<String, MessageAttributeValue> attributes) {
		sns().publish((request) -> request.topicArn(topicArn).message(message).messageAttributes(attributes));
	}

	public List<Message> receive(String queue) {
		String url = broker().queueUrl(queue);
		return sqs()
			.receiveMessage((request) -> request.queueUrl(url)
				.maxNumberOfMessages(10)
				.messageAttributeNames("All")
				.messageSystemAttributeNames(MessageSystemAttributeName.ALL))
			.messages();
	}

	public List<String> receiveBodies(String queue) {
		return receive(queue).stream().map(Message::body).toList();
	}

	public static MessageAttributeValue string(String value) {
		return typed("String", value);
	}

	public static MessageAttributeValue typed(String type, String value) {
		return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
	}

	private static SnsClient snsClient(URI endpoint) {
		return SnsClient.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(credentials())
			.httpClientBuilder(Apache5HttpClient.builder())
			.build();
	}

	public static S3Client s3Client(URI endpoint) {
		return S3Client.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(credentials())
			.httpClientBuilder(Apache5HttpClient.builder())
			.build();
	}

	private static StaticCredentialsProvider credentials() {
		return StaticCredentialsProvider
			.create(AwsBasicCredentials.create(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY));
	}

	private static final class Clients implements AutoCloseable {

		private final LocalBroker broker;

		private final SnsClient sns;

		private final SqsClient sqs;

		private final S3Client s3;

		Clients(LocalBroker broker) {
			this.broker = broker;
			this.sns = snsClient(broker.snsEndpoint());
			this.sqs = SqsClient.builder()
				.endpointOverride(broker.sqsEndpoint())
				.region(Region.of(broker.region()))
				.credentialsProvider(credentials())
				.httpClientBuilder(Apache5HttpClient.builder())
				.build();
			this.s3 = s3Client(broker.s3Endpoint());
		}

		@Override
		public void close() {
			this.s3.close();
			this.sns.close();
			this.sqs.close();
			this.broker.close();
		}

	}

}
