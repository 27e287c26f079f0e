package io.pubsub.aws;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.pubsub.SkipMessageException;
import io.pubsub.aws.s3.S3Event;
import io.pubsub.aws.s3.S3EventEnvelope;
import io.pubsub.aws.s3.S3Object;
import io.pubsub.transport.InboundMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises of {@link S3EventEnvelope} for what a bucket tells.
 */
@Tag("bucket-notifications")
abstract class S3EventContract {

	private static final String POLICY = """
			{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"},
			"Action": "%s", "Resource": "%s", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::%s"}}}]}""";

	private static final String KEY = "in/a b+ä%2B.gz";

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final S3EventEnvelope envelope = new S3EventEnvelope(this.mapper);

	private final List<S3Object> told = new ArrayList<>();

	private final Broker broker;

	private final String bucket;

	private final String queueUrl;

	private int tests;

	S3EventContract(Broker broker) {
		this.broker = broker;
		this.bucket = broker.createBucket();
		this.queueUrl = broker.createQueue(Duration.ofSeconds(30));
	}

	@Test
	void opensWhatABucketTellsAQueue() {
		String queueArn = this.broker.queueArn(this.queueUrl);
		String policy = POLICY.formatted("sqs:SendMessage", queueArn, this.bucket);
		this.broker.sqs()
			.setQueueAttributes(
					(request) -> request.queueUrl(this.queueUrl).attributes(Map.of(QueueAttributeName.POLICY, policy)))
			.join();
		configure(NotificationConfiguration.builder()
			.queueConfigurations(
					QueueConfiguration.builder().queueArn(queueArn).events(Event.S3_OBJECT_CREATED).build())
			.build());
		assertTellsOfAnObject();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void opensWhatABucketTellsATopic(boolean raw) {
		String topicArn = this.broker.createTopic();
		this.broker.sns()
			.setTopicAttributes((request) -> request.topicArn(topicArn)
				.attributeName("Policy")
				.attributeValue(POLICY.formatted("sns:Publish", topicArn, this.bucket)))
			.join();
		this.broker.subscribe(topicArn, this.queueUrl, raw);
		configure(NotificationConfiguration.builder()
			.topicConfigurations(
					TopicConfiguration.builder().topicArn(topicArn).events(Event.S3_OBJECT_CREATED).build())
			.build());
		assertTellsOfAnObject();
	}

	private void configure(NotificationConfiguration configuration) {
		this.broker.s3()
			.putBucketNotificationConfiguration(
					(request) -> request.bucket(this.bucket).notificationConfiguration(configuration));
	}

	private void assertTellsOfAnObject() {
		String eTag = this.broker.s3()
			.putObject((request) -> request.bucket(this.bucket).key(KEY), RequestBody.fromString("hello"))
			.eTag();
		Awaitility.await().until(this::receive, (received) -> this.tests > 0 && !this.told.isEmpty());
		assertThat(this.told).singleElement().satisfies((object) -> {
			assertThat(object.bucket()).isEqualTo(this.bucket);
			assertThat(object.key()).isEqualTo(KEY);
			assertThat(object.eventName()).isEqualTo("ObjectCreated:Put");
			assertThat(object.eTag()).isEqualTo(eTag.replace("\"", ""));
			assertThat(object.size()).isEqualTo(5);
		});
	}

	private boolean receive() {
		List<Message> messages = this.broker.sqs()
			.receiveMessage((request) -> request.queueUrl(this.queueUrl).maxNumberOfMessages(10).waitTimeSeconds(1))
			.join()
			.messages();
		messages.forEach((message) -> open(message.body()));
		return !messages.isEmpty();
	}

	private void open(String body) {
		try {
			S3Event event = this.mapper.treeToValue(this.envelope.open(new InboundMessage("1", body)).content(),
					S3Event.class);
			this.told.addAll(event.objects());
		}
		catch (SkipMessageException ex) {
			this.tests++;
		}
	}

}
