package io.pubsub.local.internal.s3;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.pubsub.local.RunningBroker;
import io.pubsub.local.internal.json.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.NotificationConfiguration;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.TopicConfiguration;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link NotificationOperations}, by the client of AWS.
 */
class NotificationOperationsTests {

	private static final String POLICY = """
			{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"},
			"Action": "%s", "Resource": "%s", "Condition": {"ArnLike": {"aws:SourceArn": "arn:aws:s3:*:*:%s"}}}}""";

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final S3Client s3 = running.s3();

	private final String bucket = running.bucket();

	private final String queue = running.queue();

	@BeforeEach
	void allow() {
		allowQueue(this.bucket);
	}

	@Test
	void tellsTheQueueThatItIsConfigured() throws Exception {
		configure(rule("all", "", "", Event.S3_OBJECT_CREATED));
		JsonNode test = receive();
		assertThat(test.path("Event").asText()).isEqualTo("s3:TestEvent");
		assertThat(test.path("Bucket").asText()).isEqualTo(this.bucket);
	}

	@Test
	void tellsWhatWasPut() throws Exception {
		configure(rule("all", "", "", Event.S3_OBJECT_CREATED));
		receive();
		put("in/a b+ü.gz");
		JsonNode told = receive().path("Records").path(0);
		assertThat(told.path("eventName").asText()).isEqualTo("ObjectCreated:Put");
		assertThat(told.path("s3").path("configurationId").asText()).isEqualTo("all");
		JsonNode object = told.path("s3").path("object");
		assertThat(object.path("key").asText()).isEqualTo("in/a+b%2B%C3%BC.gz");
		assertThat(object.path("size").asInt()).isEqualTo(5);
		assertThat(object.path("eTag").asText()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
		assertThat(object.path("sequencer").asText()).isHexadecimal();
	}

	@Test
	void tellsOnlyWhatARuleNames() throws Exception {
		configure(rule("some", "in/", ".gz", Event.S3_OBJECT_REMOVED_DELETE));
		receive();
		List.of("in/1.gz", "in/2.txt", "out/3.gz").forEach(this::put);
		List.of("in/2.txt", "out/3.gz", "in/missing.gz", "in/1.gz")
			.forEach((key) -> this.s3.deleteObject((request) -> request.bucket(this.bucket).key(key)));
		JsonNode told = receive().path("Records").path(0);
		assertThat(told.path("eventName").asText()).isEqualTo("ObjectRemoved:Delete");
		assertThat(told.path("s3").path("object").path("key").asText()).isEqualTo("in/1.gz");
		assertThat(running.receive(this.queue)).isEmpty();
	}

	@Test
	void tellsATopic() throws Exception {
		String topic = running.topic();
		running.subscribe(topic, this.queue, Map.of());
		running.sns()
			.setTopicAttributes((request) -> request.topicArn(topic)
				.attributeName("Policy")
				.attributeValue(POLICY.formatted("sns:Publish", topic, this.bucket)));
		configure(topicRule(topic));
		JsonNode notification = receive();
		assertThat(notification.path("Subject").asText()).isEqualTo("Amazon S3 Notification");
		assertThat(notification.path("Message").asText()).contains("s3:TestEvent");
	}

	@Test
	void givesBackTheConfiguration() {
		QueueConfiguration rule = rule("some", "in/", ".gz", Event.S3_OBJECT_CREATED);
		configure(rule);
		assertThat(this.s3.getBucketNotificationConfiguration((request) -> request.bucket(this.bucket))
			.queueConfigurations()).containsExactly(rule);
	}

	@Test
	void refusesAQueueThatIsMissing() {
		QueueConfiguration missing = rule("all", "", "", Event.S3_OBJECT_CREATED).toBuilder()
			.queueArn(running.queueArn("missing"))
			.build();
		assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> configure(missing))
			.withMessageContaining("Unable to validate the following destination configurations")
			.withMessageContaining("The destination queue does not exist");
	}

	@Test
	void refusesAQueueWhosePolicyLetsOtherBucketsSend() {
		allowQueue("other");
		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> configure(rule("all", "", "", Event.S3_OBJECT_CREATED)))
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorCode()).isEqualTo("InvalidArgument"))
			.withMessageContaining(
					"Permissions on the destination queue do not allow S3 to publish notifications from this bucket")
			.withMessageContaining("no statement of its policy allows sqs:SendMessage of s3.amazonaws.com for"
					+ " arn:aws:s3:::%s on %s", this.bucket, running.queueArn(this.queue));
		assertThat(running.receive(this.queue)).isEmpty();
	}

	@Test
	void refusesATopicThatHasThePolicyOfANewOne() {
		assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> configure(topicRule(running.topic())))
			.withMessageContaining("Permissions on the destination topic do not allow S3");
	}

	@Test
	void namesEachDestinationThatItRefuses() throws Exception {
		allowQueue("other");
		String topic = running.topic();
		TopicConfiguration removed = topicRule(topic).toBuilder().events(Event.S3_OBJECT_REMOVED).build();
		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> this.s3.putBucketNotificationConfiguration((request) -> request.bucket(this.bucket)
				.notificationConfiguration((configuration) -> configuration.topicConfigurations(removed)
					.queueConfigurations(rule("all", "", "", Event.S3_OBJECT_CREATED)))))
			.withMessageContaining(topic)
			.withMessageContaining(running.queueArn(this.queue));
	}

	@Test
	void checksNothingIfToldSo() {
		allowQueue("other");
		QueueConfiguration rule = rule("all", "", "", Event.S3_OBJECT_CREATED);
		this.s3.putBucketNotificationConfiguration((request) -> request.bucket(this.bucket)
			.skipDestinationValidation(true)
			.notificationConfiguration((configuration) -> configuration.queueConfigurations(rule)));
		put("a");
		assertThat(running.receive(this.queue)).isEmpty();
	}

	@Test
	void tellsNoQueueWhosePolicyHasChanged() throws Exception {
		configure(rule("all", "", "", Event.S3_OBJECT_CREATED));
		receive();
		allowQueue("other");
		put("a");
		assertThat(running.receive(this.queue)).isEmpty();
	}

	@Test
	void refusesRulesThatOverlap() {
		QueueConfiguration all = rule("all", "", "", Event.S3_OBJECT_CREATED);
		QueueConfiguration some = rule("some", "in/", ".gz", Event.S3_OBJECT_CREATED_PUT);
		assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> configure(all, some))
			.withMessageContaining("Configurations overlap");
	}

	@Test
	void hasNoEventBridge() {
		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> this.s3.putBucketNotificationConfiguration((request) -> request.bucket(this.bucket)
				.notificationConfiguration((configuration) -> configuration.eventBridgeConfiguration((bridge) -> {
				}))))
			.withMessageContaining("The local broker has no EventBridgeConfiguration");
	}

	private void allowQueue(String allowed) {
		String policy = POLICY.formatted("sqs:SendMessage", running.queueArn(this.queue), allowed);
		running.sqs()
			.setQueueAttributes((request) -> request.queueUrl(running.broker().queueUrl(this.queue))
				.attributes(Map.of(QueueAttributeName.POLICY, policy)));
	}

	private static TopicConfiguration topicRule(String topic) {
		return TopicConfiguration.builder().topicArn(topic).events(Event.S3_OBJECT_CREATED).build();
	}

	private void configure(TopicConfiguration rule) {
		this.s3.putBucketNotificationConfiguration((request) -> request.bucket(this.bucket)
			.notificationConfiguration((configuration) -> configuration.topicConfigurations(rule)));
	}

	private void configure(QueueConfiguration... rules) {
		this.s3.putBucketNotificationConfiguration((request) -> request.bucket(this.bucket)
			.notificationConfiguration(NotificationConfiguration.builder().queueConfigurations(rules).build()));
	}

	private QueueConfiguration rule(String id, String prefix, String suffix, Event event) {
		QueueConfiguration.Builder rule = QueueConfiguration.builder()
			.id(id)
			.queueArn(running.queueArn(this.queue))
			.events(event);
		FilterRule begin = FilterRule.builder().name(FilterRuleName.PREFIX).value(prefix).build();
		FilterRule end = FilterRule.builder().name(FilterRuleName.SUFFIX).value(suffix).build();
		return (prefix + suffix).isEmpty() ? rule.build()
				: rule.filter((filter) -> filter.key((key) -> key.filterRules(begin, end))).build();
	}

	private void put(String key) {
		this.s3.putObject((request) -> request.bucket(this.bucket).key(key), RequestBody.fromString("hello"));
	}

	private JsonNode receive() throws Exception {
		return Json.MAPPER.readTree(running.receiveBodies(this.queue).get(0));
	}

}
