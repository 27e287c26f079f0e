package io.pubsub.aws.s3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.NackException;
import io.pubsub.OpaqueData;
import io.pubsub.aws.batch.EntryRules;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MalformedMessageException;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.schema.UntrustedMessageException;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LargeMessageDestination} and {@link LargeMessageEnvelope}.
 */
class LargeMessageTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final MediaType MEDIA_TYPE = new MediaType("application/json");

	private static final String LARGE = "{\"text\": \"%s\"}".formatted("ä".repeat(1000));

	private static final String POINTER = """
			["software.amazon.payloadoffloading.PayloadS3Pointer",{"s3BucketName":"%s","s3Key":"%s"}]""";

	private final FakeS3 s3 = new FakeS3();

	private final InMemoryDestination topic = new InMemoryDestination();

	private final LargeMessageDestination destination = destination(EntryRules.ofTopics((address) -> 500));

	private final Envelope envelope = new LargeMessageEnvelope(LargeMessageTests::asText, this.s3.client(),
			List.of(FakeS3.BUCKET), 5000, JSON);

	@AfterEach
	void close() {
		this.s3.close();
	}

	@Test
	void publishesAReferenceToALargeBody() {
		publish(LARGE);
		OutboundMessage published = this.topic.published().get(0);
		assertThat(published.attributes()).containsEntry("ExtendedPayloadSize", "2012").containsEntry("a", "b");
		String key = JSON.readTree(published.body()).at("/1/s3Key").stringValue();
		assertThat(published.body()).isEqualTo(POINTER.formatted(FakeS3.BUCKET, key));
		assertThat(this.s3.content(key)).asString().isEqualTo(LARGE);
	}

	@Test
	void publishesASmallBodyAsItIs() {
		publish("{}");
		assertThat(this.topic.published()).extracting(OutboundMessage::body).containsExactly("{}");
		assertThat(this.s3.requests()).isEmpty();
	}

	@Test
	void failsOnlyTheMessageWhoseBodyIsNotStored() {
		this.s3.fault(FakeS3.Fault.NO_BUCKET);
		List<PublishResult> results = this.destination.publish(List.of(message("{}"), message(LARGE), message("{}")))
			.join();
		assertThat(results).extracting(PublishResult::isPublished).containsExactly(true, false, true);
		assertThat(this.topic.published()).hasSize(2);
	}

	@Test
	void goesByTheLimitOfTheAddress() {
		LargeMessageDestination several = destination(
				EntryRules.ofTopics((address) -> address.equals("large") ? 3000 : 500));
		several.publish(List.of(message("large", LARGE), message("small", LARGE))).join();
		assertThat(this.topic.published()).extracting((message) -> message.body().equals(LARGE))
			.containsExactly(true, false);
	}

	@Test
	void saysOfAContentWhetherItIsForOneQueue() {
		publish(LARGE);
		assertThat(this.s3.lastMetadata("pubsub-queue")).isNull();
		destination(EntryRules.ofQueues((address) -> 500)).publish(List.of(message(LARGE))).join();
		assertThat(this.s3.lastMetadata("pubsub-queue")).isEqualTo("topic");
	}

	@Test
	void storesNothingForAMessageWhoseAttributesAreTooLarge() {
		OutboundMessage message = new OutboundMessage("topic", MEDIA_TYPE, LARGE, Map.of("a", "b".repeat(500)));
		assertThat(this.destination.publish(List.of(message)).join()).singleElement()
			.extracting(PublishResult::failure)
			.asInstanceOf(InstanceOfAssertFactories.THROWABLE)
			.hasMessageContaining("attributes that are too large")
			.hasMessageEndingWith("but its address takes 500");
		assertThat(this.s3.requests()).isEmpty();
	}

	@Test
	void readsWhatItHasPublished() {
		publish(LARGE);
		OutboundMessage published = this.topic.published().get(0);
		assertThat(open(published.body(), published.attributes())).isEqualTo(LARGE);
	}

	@Test
	void readsAReferenceInANotification() {
		publish(LARGE);
		OutboundMessage published = this.topic.published().get(0);
		String opened = open(notification(published.body()), Map.of());
		assertThat(JSON.readTree(opened).path("Message").stringValue()).isEqualTo(LARGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ExtendedPayloadSize", "SQSLargePayloadSize" })
	void readsAReferenceByEachNameOfTheAttribute(String attribute) {
		this.s3.put("a", "text".getBytes(StandardCharsets.UTF_8));
		assertThat(open(POINTER.formatted(FakeS3.BUCKET, "a"), Map.of(attribute, "4"))).isEqualTo("text");
	}

	@Test
	void readsAReferenceOfADeadLetterWhoseAttributesHadNoPlace() {
		this.s3.put("a", "text".getBytes(StandardCharsets.UTF_8));
		String detail = "{\"messageId\": \"1\", \"attributes\": {\"ExtendedPayloadSize\": \"4\"}}";
		assertThat(open(POINTER.formatted(FakeS3.BUCKET, "a"), Map.of(DeadLetters.DETAIL, detail))).isEqualTo("text");
	}

	@ParameterizedTest
	@ValueSource(strings = { "no JSON", "{}", "{\"attributes\": {\"a\": \"b\"}}" })
	void leavesAloneWhatOnlyLooksLikeAReferenceOfADeadLetter(String detail) {
		String body = POINTER.formatted(FakeS3.BUCKET, "a");
		assertThat(open(body, Map.of(DeadLetters.DETAIL, detail))).isEqualTo(body);
	}

	@Test
	void leavesAloneWhatOnlyLooksLikeAReference() {
		String body = POINTER.formatted(FakeS3.BUCKET, "a");
		assertThat(open(body, Map.of())).isEqualTo(body);
		assertThat(this.s3.requests()).isEmpty();
	}

	@Test
	void readsFromNoOtherBucket() {
		assertThatExceptionOfType(UntrustedMessageException.class)
			.isThrownBy(() -> open(POINTER.formatted("secrets", "a"), Map.of("ExtendedPayloadSize", "4")))
			.withMessage("its content is s3://secrets/a, and large messages are not read from that bucket");
		assertThat(this.s3.requests()).isEmpty();
	}

	@Test
	void refusesAContentThatIsNotThereAnyMore() {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> open(POINTER.formatted(FakeS3.BUCKET, "a"), Map.of("ExtendedPayloadSize", "4")))
			.withMessage("the content is not in S3 any more: s3://files/a is not there");
	}

	@Test
	void refusesAContentThatIsTooLarge() {
		this.s3.put("a", new byte[5001]);
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> open(POINTER.formatted(FakeS3.BUCKET, "a"), Map.of("ExtendedPayloadSize", "4")))
			.withMessageContaining("the largest size allowed, 5000 bytes");
	}

	@Test
	void handsBackAMessageWhoseContentCannotBeReadNow() {
		this.s3.fault(FakeS3.Fault.DENIED);
		assertThatExceptionOfType(NackException.class)
			.isThrownBy(() -> open(POINTER.formatted(FakeS3.BUCKET, "a"), Map.of("ExtendedPayloadSize", "4")))
			.withMessageStartingWith("s3://files/a cannot be read: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"x\": \"software.amazon.payloadoffloading.PayloadS3Pointer\"}",
			"[\"software.amazon.payloadoffloading.PayloadS3Pointer\"]" })
	void refusesAReferenceThatIsNone(String body) {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> open(body, Map.of("ExtendedPayloadSize", "4")))
			.withMessageContaining("no reference");
	}

	private static String notification(String body) {
		ObjectNode notification = JSON.createObjectNode().put("Message", body);
		notification.putObject("MessageAttributes").putObject("ExtendedPayloadSize").put("Value", "2012");
		return notification.toString();
	}

	private void publish(String body) {
		assertThat(this.destination.publish(List.of(message(body))).join()).allMatch(PublishResult::isPublished);
	}

	private LargeMessageDestination destination(EntryRules rules) {
		return new LargeMessageDestination(new LimitedDestination(this.topic, rules), this.s3.client(), FakeS3.BUCKET);
	}

	private static OutboundMessage message(String body) {
		return message("topic", body);
	}

	private static OutboundMessage message(String address, String body) {
		return new OutboundMessage(address, MEDIA_TYPE, body, Map.of("a", "b"));
	}

	private String open(String body, Map<String, String> attributes) {
		return this.envelope.open(new InboundMessage("1", body, attributes, null, null))
			.content()
			.path("body")
			.stringValue();
	}

	private static OpenedMessage asText(InboundMessage message) {
		return new OpenedMessage(MEDIA_TYPE, JSON.createObjectNode().put("body", message.body()), OpaqueData.none(),
				message.attributes(), null, null);
	}

}
