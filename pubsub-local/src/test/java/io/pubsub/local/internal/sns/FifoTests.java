package io.pubsub.local.internal.sns;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.pubsub.local.RunningBroker;
import io.pubsub.local.internal.json.Json;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for FIFO topics.
 */
class FifoTests {

	private static final Map<String, String> RAW = Map.of("RawMessageDelivery", "true");

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final SnsClient sns = running.sns();

	private final String topicArn = running.fifoTopic();

	private final String queue = running.fifoQueue();

	@Test
	void keepsTheOrderOfAGroup() {
		running.subscribe(this.topicArn, this.queue, RAW);
		List<String> messages = IntStream.range(0, 10).mapToObj((index) -> "message-" + index).toList();
		messages.forEach((message) -> publish(message, "group", message));
		assertThat(running.receiveBodies(this.queue)).containsExactlyElementsOf(messages);
	}

	@Test
	void keepsTheOrderOfABatch() {
		running.subscribe(this.topicArn, this.queue, RAW);
		List<String> ids = IntStream.range(0, 10).mapToObj((index) -> "id-" + index).toList();
		this.sns.publishBatch((request) -> request.topicArn(this.topicArn)
			.publishBatchRequestEntries(ids.stream().map(FifoTests::entry).toList()));
		assertThat(running.receiveBodies(this.queue)).containsExactlyElementsOf(ids);
	}

	@Test
	void tellsTheQueueGroupAndDeduplicationId() {
		running.subscribe(this.topicArn, this.queue, RAW);
		publish("x", "group", "id");
		Message message = running.receive(this.queue).get(0);
		assertThat(message.attributes()).containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "group")
			.containsEntry(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID, "id");
	}

	@Test
	void numbersWhatItTakes() throws JsonProcessingException {
		running.subscribe(this.topicArn, this.queue, Map.of());
		String first = publish("x", "group", "first").sequenceNumber();
		String second = publish("x", "group", "second").sequenceNumber();
		assertThat(first).hasSize(20).isLessThan(second);
		assertThat(Json.MAPPER.readTree(running.receive(this.queue).get(0).body()).path("SequenceNumber").asText())
			.isEqualTo(first);
	}

	@Test
	void signsNothing() throws JsonProcessingException {
		running.subscribe(this.topicArn, this.queue, Map.of());
		publish("x", "group", "id");
		assertThat(Json.MAPPER.readTree(running.receive(this.queue).get(0).body()).fieldNames()).toIterable()
			.contains("Message")
			.doesNotContain("Signature", "SignatureVersion", "SigningCertURL");
	}

	@Test
	void deliversADuplicateOnce() {
		running.subscribe(this.topicArn, this.queue, RAW);
		PublishResponse first = publish("one", "group", "same");
		PublishResponse second = publish("two", "group", "same");
		assertThat(second.messageId()).isEqualTo(first.messageId());
		assertThat(running.receiveBodies(this.queue)).containsExactly("one");
	}

	@Test
	void takesTheBodyForTheDeduplicationIdWhereAsked() {
		running.subscribe(this.topicArn, this.queue, RAW);
		set("ContentBasedDeduplication", "true");
		List.of("one", "one", "two").forEach((message) -> publish(message, "group", null));
		assertThat(running.receiveBodies(this.queue)).containsExactly("one", "two");
	}

	@Test
	void deduplicatesWithinAGroupWhereAsked() {
		set("FifoThroughputScope", "MessageGroup");
		assertThat(publish("x", "group-1", "id").sequenceNumber())
			.isNotEqualTo(publish("x", "group-2", "id").sequenceNumber());
		assertThat(publish("x", "group-1", "id").sequenceNumber())
			.isEqualTo(publish("x", "group-1", "id").sequenceNumber());
	}

	@Test
	void deliversToAStandardQueueWithoutTheGroup() {
		String standard = running.queue();
		running.subscribe(this.topicArn, standard, RAW);
		publish("x", "group", "id");
		assertThat(running.receive(standard).get(0).attributes())
			.doesNotContainKey(MessageSystemAttributeName.MESSAGE_GROUP_ID);
	}

	@Test
	void refusesAMessageWithoutGroupOrDeduplicationId() {
		assertInvalid(() -> publish("x", null, "id"),
				"Invalid parameter: The MessageGroupId parameter is required for FIFO topics");
		assertInvalid(() -> publish("x", "group", null), "Invalid parameter: The topic should either have "
				+ "ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly");
		assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(() -> publish("x", "a b", "id"))
			.withMessageContaining("MessageGroupId can only include alphanumeric and punctuation characters");
	}

	@Test
	void refusesADeduplicationIdOnAStandardTopic() {
		String standard = running.topic();
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> this.sns
				.publish((request) -> request.topicArn(standard).message("x").messageDeduplicationId("id")))
			.withMessageContaining("MessageDeduplicationId parameter that is not valid for this topic type");
	}

	@Test
	void refusesAStandardDeadLetterQueue() {
		String policy = "{\"deadLetterTargetArn\":\"%s\"}".formatted(running.queueArn("standard"));
		assertThatExceptionOfType(InvalidParameterException.class)
			.isThrownBy(() -> running.subscribe(this.topicArn, this.queue, Map.of("RedrivePolicy", policy)))
			.withMessageContaining("must use a FIFO queue as DLQ");
	}

	private PublishResponse publish(String message, @Nullable String groupId, @Nullable String deduplicationId) {
		return this.sns.publish((request) -> request.topicArn(this.topicArn)
			.message(message)
			.messageGroupId(groupId)
			.messageDeduplicationId(deduplicationId));
	}

	private static PublishBatchRequestEntry entry(String id) {
		return PublishBatchRequestEntry.builder()
			.id(id)
			.message(id)
			.messageGroupId("group")
			.messageDeduplicationId(id)
			.build();
	}

	private void set(String name, String value) {
		this.sns
			.setTopicAttributes((request) -> request.topicArn(this.topicArn).attributeName(name).attributeValue(value));
	}

	private static void assertInvalid(ThrowingCallable call, String message) {
		assertThatExceptionOfType(InvalidParameterException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.awsErrorDetails().errorMessage()).isEqualTo(message));
	}

}
