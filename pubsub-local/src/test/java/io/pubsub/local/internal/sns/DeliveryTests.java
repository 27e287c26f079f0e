package io.pubsub.local.internal.sns;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pubsub.local.RunningBroker;
import io.pubsub.local.internal.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link QueueDelivery} and {@link Envelope}.
 */
class DeliveryTests {

	// The keys of shared/fixtures/microcosm-wire.jsonl, in their order.
	private static final List<String> FIXTURE_KEYS = List.of("Type", "MessageId", "TopicArn", "Subject", "Message",
			"Timestamp", "SignatureVersion", "Signature", "SigningCertURL", "UnsubscribeURL", "MessageAttributes");

	private static final Map<String, String> RAW = Map.of("RawMessageDelivery", "true");

	@RegisterExtension
	static final RunningBroker running = new RunningBroker();

	private final String topicArn = running.topic();

	private final String queue = running.queue();

	@Test
	void wrapsAMessageInAnEnvelope() {
		running.subscribe(this.topicArn, this.queue, Map.of());
		String id = running.sns()
			.publish((request) -> request.topicArn(this.topicArn)
				.subject("Subject")
				.message("{\"text\": \"ü\"}\n")
				.messageAttributes(Map.of("media_type", RunningBroker.string("text/plain"))))
			.messageId();
		JsonNode envelope = receiveEnvelope();
		assertThat(envelope.fieldNames()).toIterable().containsExactlyElementsOf(FIXTURE_KEYS);
		assertThat(envelope.path("Type").asText()).isEqualTo("Notification");
		assertThat(envelope.path("MessageId").asText()).isEqualTo(id);
		assertThat(envelope.path("TopicArn").asText()).isEqualTo(this.topicArn);
		assertThat(envelope.path("Message").asText()).isEqualTo("{\"text\": \"ü\"}\n");
		assertThat(envelope.path("Timestamp").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
		assertThat(envelope.path("MessageAttributes"))
			.hasToString("{\"media_type\":{\"Type\":\"String\",\"Value\":\"text/plain\"}}");
	}

	@Test
	void leavesOutWhatIsNotThere() {
		running.subscribe(this.topicArn, this.queue, Map.of());
		running.publish(this.topicArn, "x", Map.of());
		assertThat(receiveEnvelope().fieldNames()).toIterable()
			.containsExactlyInAnyOrderElementsOf(FIXTURE_KEYS.stream()
				.filter((key) -> !key.equals("Subject") && !key.equals("MessageAttributes"))
				.toList());
	}

	@Test
	void writesBinaryAttributesInBase64() {
		running.subscribe(this.topicArn, this.queue, Map.of());
		running.publish(this.topicArn, "x", Map.of("b", binary("abc")));
		assertThat(receiveEnvelope().path("MessageAttributes"))
			.hasToString("{\"b\":{\"Type\":\"Binary\",\"Value\":\"YWJj\"}}");
	}

	@Test
	void mapsTheAttributesOfARawMessage() {
		running.subscribe(this.topicArn, this.queue, RAW);
		running.publish(this.topicArn, "body",
				Map.of("s", RunningBroker.string("v"), "n", RunningBroker.typed("Number", "1.5"), "b", binary("abc")));
		Message message = running.receive(this.queue).get(0);
		assertThat(message.body()).isEqualTo("body");
		assertThat(message.messageAttributes()).containsOnlyKeys("s", "n", "b");
		assertThat(message.messageAttributes().get("s").stringValue()).isEqualTo("v");
		assertThat(message.messageAttributes().get("n").dataType()).isEqualTo("Number");
		assertThat(message.messageAttributes().get("b").binaryValue().asUtf8String()).isEqualTo("abc");
	}

	@Test
	void discardsARawMessageWithMoreThanTenAttributes() {
		String wrapped = running.queue();
		running.subscribe(this.topicArn, this.queue, RAW);
		running.subscribe(this.topicArn, wrapped, Map.of());
		running.publish(this.topicArn, "eleven", attributes(11));
		running.publish(this.topicArn, "ten", attributes(10));
		assertThat(running.receiveBodies(this.queue)).containsExactly("ten");
		assertThat(running.receive(wrapped)).hasSize(2);
	}

	@Test
	void keepsDeliveringWhenOneQueueIsGone() {
		String gone = running.queue();
		running.subscribe(this.topicArn, gone, RAW);
		running.subscribe(this.topicArn, this.queue, RAW);
		running.sqs().deleteQueue((request) -> request.queueUrl(running.broker().queueUrl(gone)));
		running.publish(this.topicArn, "one", Map.of());
		running.sns()
			.publishBatch((request) -> request.topicArn(this.topicArn)
				.publishBatchRequestEntries(List.of(batchEntry("two"), batchEntry("three"))));
		assertThat(running.receiveBodies(this.queue)).containsExactlyInAnyOrder("one", "two", "three");
	}

	@Test
	void putsWhatAQueueRefusesOnTheDeadLetterQueue() {
		String dead = running.queue();
		running.subscribe(this.topicArn, "never-created", Map.of("RawMessageDelivery", "true", "RedrivePolicy",
				"{\"deadLetterTargetArn\":\"%s\"}".formatted(running.queueArn(dead))));
		running.publish(this.topicArn, "undeliverable", Map.of());
		Message message = running.receive(dead).get(0);
		assertThat(message.body()).isEqualTo("undeliverable");
		assertThat(message.messageAttributes()).isEmpty();
	}

	@Test
	void forwardsTheGroupOfAMessageToAStandardQueue() {
		running.subscribe(this.topicArn, this.queue, RAW);
		running.sns().publish((request) -> request.topicArn(this.topicArn).message("x").messageGroupId("tenant-1"));
		assertThat(running.receive(this.queue).get(0).attributes())
			.contains(entry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "tenant-1"));
	}

	@Test
	void forwardsTheTraceOfARequest() {
		running.subscribe(this.topicArn, this.queue, RAW);
		running.sns()
			.publish((request) -> request.topicArn(this.topicArn)
				.message("x")
				.overrideConfiguration((config) -> config.putHeader("X-Amzn-Trace-Id", "Root=1-2-3")));
		assertThat(running.receive(this.queue).get(0).attributes())
			.contains(entry(MessageSystemAttributeName.AWS_TRACE_HEADER, "Root=1-2-3"));
	}

	@Test
	void deliversWhatManyPublishAtOnce() {
		running.subscribe(this.topicArn, this.queue, RAW);
		IntStream.range(0, 200)
			.parallel()
			.forEach((index) -> running.publish(this.topicArn, "message " + index, Map.of()));
		List<String> received = IntStream.range(0, 40)
			.mapToObj((index) -> running.receiveBodies(this.queue))
			.flatMap(List::stream)
			.toList();
		assertThat(received).hasSize(200).doesNotHaveDuplicates();
	}

	private JsonNode receiveEnvelope() {
		try {
			return Json.MAPPER.readTree(running.receive(this.queue).get(0).body());
		}
		catch (JsonProcessingException ex) {
			throw new AssertionError("The body is no JSON", ex);
		}
	}

	private static PublishBatchRequestEntry batchEntry(String message) {
		return PublishBatchRequestEntry.builder().id(message).message(message).build();
	}

	private static MessageAttributeValue binary(String value) {
		return MessageAttributeValue.builder().dataType("Binary").binaryValue(SdkBytes.fromUtf8String(value)).build();
	}

	private static Map<String, MessageAttributeValue> attributes(int count) {
		return IntStream.range(0, count)
			.mapToObj((index) -> "a" + index)
			.collect(Collectors.toMap(Function.identity(), RunningBroker::string));
	}

}
