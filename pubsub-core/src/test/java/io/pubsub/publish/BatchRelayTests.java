package io.pubsub.publish;

import java.util.List;
import java.util.stream.IntStream;

import io.pubsub.MediaTypes;
import io.pubsub.publish.ProducerFixture.Order;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BatchRelay}.
 */
class BatchRelayTests {

	private final ProducerFixture fixture = new ProducerFixture();

	private final SnsProducer producer = this.fixture.producer(
			new BatchRelay(this.fixture.destination(), this.fixture.composer(), FifoRules.INSTANCE),
			ProducerMode.PUBLISH);

	@Test
	void sendsTwoMessagesAsOne() {
		deferOrders(2, "");
		OutboundMessage batch = this.fixture.destination().messages().get(0);
		assertThat(this.fixture.destination().messages()).hasSize(1);
		assertThat(batch.address()).isEqualTo(ProducerFixture.BATCHES);
		assertThat(batch.mediaType()).isEqualTo(new MediaTypes("example").created("batch_message"));
		assertThat(messages(batch)).extracting((item) -> item.path("topic_arn").stringValue())
			.containsExactly(ProducerFixture.ORDERS, ProducerFixture.ORDERS);
	}

	@Test
	void writesTheFormOfThePeer() {
		deferOrders(2, "");
		JsonNode item = messages(this.fixture.destination().messages().get(0)).get(0);
		assertThat(item.propertyNames()).containsExactlyInAnyOrder("media_type", "message", "topic_arn", "opaque_data",
				"message_attributes");
		JsonNode inner = JsonMapper.shared().readTree(item.path("message").stringValue());
		assertThat(inner.path("mediaType")).isEqualTo(item.path("media_type"));
		assertThat(inner.path("opaqueData")).isEqualTo(item.path("opaque_data"));
		assertThat(item.path("opaque_data").path("x-request-published").isString()).isTrue();
		assertThat(item.path("message_attributes")).isEqualTo(JsonMapper.shared()
			.readTree("{\"media_type\": {\"DataType\": \"String\", \"StringValue\": \"%s\"}}"
				.formatted(item.path("media_type").stringValue())));
	}

	@Test
	void sendsASingleMessageAsItIs() {
		deferOrders(1, "");
		assertThat(this.fixture.published()).containsExactly("sku-0");
	}

	@Test
	void sendsNothingOfNothing() {
		deferOrders(0, "");
		assertThat(this.fixture.destination().messages()).isEmpty();
	}

	@Test
	void sendsAtMostAHundredMessagesAsOne() {
		deferOrders(202, "");
		assertThat(this.fixture.destination().messages()).extracting((batch) -> messages(batch).size())
			.containsExactly(100, 100, 2);
	}

	@Test
	void sendsNoBatchThatIsTooLarge() {
		deferOrders(100, "\"".repeat(4000));
		List<OutboundMessage> batches = this.fixture.destination().messages();
		assertThat(batches).hasSizeGreaterThan(1).allMatch((batch) -> batch.sizeInBytes() <= FifoRules.MAX_BYTES);
		assertThat(batches).flatExtracting(BatchRelayTests::skus)
			.containsExactlyElementsOf(IntStream.range(0, 100).mapToObj((i) -> "sku-" + i).toList());
	}

	@Test
	void sendsByThemselvesWhatBatchesHaveNoPlaceFor() {
		this.producer.produceAll(List.of(Message.of(new Order("grouped")).inGroup("g"),
				Message.of(new Order("once")).deduplicatedBy("d"), new Order("a"), new Order("b")));
		assertThat(this.fixture.destination().messages()).extracting(OutboundMessage::address)
			.containsExactly(ProducerFixture.ORDERS, ProducerFixture.ORDERS, ProducerFixture.BATCHES);
	}

	@Test
	void reportsTheResultOfTheBatchForEachMessage() {
		this.fixture.destination().breakAddress(ProducerFixture.BATCHES);
		PublishReport report = this.producer
			.produceAll(List.of(new Order("a"), Message.of(new Order("grouped")).inGroup("g"), new Order("b")));
		assertThat(report.results()).extracting(PublishResult::isPublished).containsExactly(false, true, false);
	}

	private void deferOrders(int count, String padding) {
		this.producer.deferred((publisher) -> IntStream.range(0, count)
			.forEach((i) -> publisher.produce(new Order("sku-" + i + padding))));
	}

	private static JsonNode messages(OutboundMessage batch) {
		return JsonMapper.shared().readTree(batch.body()).path("messages");
	}

	private static List<String> skus(OutboundMessage batch) {
		return messages(batch).valueStream()
			.map((item) -> JsonMapper.shared().readTree(item.path("message").stringValue()))
			.map((inner) -> inner.path("sku").stringValue().replace("\"", ""))
			.toList();
	}

}
