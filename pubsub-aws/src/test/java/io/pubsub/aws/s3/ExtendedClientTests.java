package io.pubsub.aws.s3;

import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;

import com.amazon.sqs.javamessaging.AmazonSQSExtendedClient;
import com.amazon.sqs.javamessaging.ExtendedClientConfiguration;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.sns.AmazonSNSExtendedClient;
import software.amazon.sns.SNSExtendedClientConfiguration;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for large messages between us and the extended clients of AWS.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ExtendedClientTests {

	private static final String TEXT = "ä".repeat(200_000);

	private static final String LARGER_TEXT = "ä".repeat(600_000);

	private final CopyOnWriteArrayList<String> texts = new CopyOnWriteArrayList<>();

	private LargeMessageBroker broker;

	@BeforeAll
	void start() {
		this.broker = new LargeMessageBroker();
	}

	@AfterAll
	void stop() {
		this.broker.close();
	}

	@AfterEach
	void clear() {
		this.texts.clear();
		this.broker.clear();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void readsWhatTheClientOfTopicsPublishes(boolean raw) {
		String queue = this.broker.createQueue();
		theirs(this.broker.sns()).publish(PublishRequest.builder()
			.topicArn(this.broker.createTopic(queue, raw))
			.message(LargeMessageBroker.body(TEXT))
			.build());
		assertConsumed(queue, TEXT);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void readsWhatTheClientOfQueuesSends(boolean legacy) {
		String queue = this.broker.createQueue();
		ExtendedClientConfiguration configuration = configuration(true);
		send(legacy ? configuration : configuration.withLegacyReservedAttributeNameDisabled(), queue);
		Message message = LargeMessageBroker.receive(this.broker.sqs(), queue);
		assertThat(message.messageAttributes())
			.containsOnlyKeys(legacy ? "SQSLargePayloadSize" : "ExtendedPayloadSize");
		handBack(queue, message);
		assertConsumed(queue, TEXT);
	}

	@Test
	void writesTheReferenceThatTheClientOfQueuesWrites() {
		String queue = this.broker.createQueue();
		send(configuration(true), queue);
		String reference = LargeMessageBroker.receive(this.broker.sqs(), queue).body();
		JsonMapper mapper = JsonMapper.builder().build();
		assertThat(PayloadPointer.of(mapper.readTree(reference)).toJson(mapper)).isEqualTo(reference);
	}

	@Test
	void publishesWhatTheClientOfQueuesReceivesByRawDelivery() {
		String queue = this.broker.createQueue();
		String body = LargeMessageBroker.body(TEXT);
		this.broker.publish(this.broker.createTopic(queue, true), body);
		Message message = LargeMessageBroker.receive(theirs(configuration(false)), queue);
		assertThat(message.body()).isEqualTo(body);
		assertThat(message.messageAttributes()).containsKey("media_type");
	}

	@Test
	void sendsWhatTheClientOfQueuesReceives() {
		String queue = this.broker.createQueue();
		String body = LargeMessageBroker.body(LARGER_TEXT);
		this.broker.publish(queue, body);
		assertThat(this.broker.contents()).hasSize(1);
		assertThat(LargeMessageBroker.receive(theirs(configuration(false)), queue).body()).isEqualTo(body);
	}

	@Test
	void givesTheClientOfQueuesOnlyTheReferenceInANotification() {
		String queue = this.broker.createQueue();
		this.broker.publish(this.broker.createTopic(queue, false), LargeMessageBroker.body(TEXT));
		assertThat(LargeMessageBroker.receive(theirs(configuration(false)), queue).body())
			.contains("software.amazon.payloadoffloading.PayloadS3Pointer");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void leavesItToTheClientOfQueuesWhetherItRemovesTheContent(boolean removing) {
		String queue = this.broker.createQueue();
		this.broker.publish(this.broker.createTopic(queue, true), LargeMessageBroker.body(TEXT));
		SqsClient client = theirs(configuration(removing));
		Message message = LargeMessageBroker.receive(client, queue);
		client.deleteMessage(
				DeleteMessageRequest.builder().queueUrl(queue).receiptHandle(message.receiptHandle()).build());
		assertThat(this.broker.contents()).hasSize(removing ? 0 : 1);
	}

	private SnsClient theirs(SnsClient client) {
		return new AmazonSNSExtendedClient(client, new SNSExtendedClientConfiguration()
			.withPayloadSupportEnabled(this.broker.s3(), LargeMessageBroker.BUCKET));
	}

	private SqsClient theirs(ExtendedClientConfiguration configuration) {
		return new AmazonSQSExtendedClient(this.broker.sqs(), configuration);
	}

	private ExtendedClientConfiguration configuration(boolean removing) {
		return new ExtendedClientConfiguration().withPayloadSupportEnabled(this.broker.s3(), LargeMessageBroker.BUCKET,
				removing);
	}

	private void send(ExtendedClientConfiguration configuration, String queue) {
		theirs(configuration).sendMessage(
				SendMessageRequest.builder().queueUrl(queue).messageBody(LargeMessageBroker.body(TEXT)).build());
	}

	private void handBack(String queue, Message message) {
		this.broker.sqs()
			.changeMessageVisibility(
					(request) -> request.queueUrl(queue).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
	}

	private void assertConsumed(String queue, String text) {
		Subscription subscription = this.broker.consume(queue, this.texts);
		Awaitility.await().until(() -> !this.texts.isEmpty());
		subscription.stop(Duration.ZERO);
		assertThat(this.texts).containsExactly(text);
	}

}
