package io.pubsub.publish;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.Outcome;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.OpenedMessage;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OutboundMessage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PublishBatchHandler}.
 */
class PublishBatchHandlerTests {

	private static final MessageContext CONTEXT = new MessageContext("m-1", new MediaType("a/b"), 1, 7, null,
			OpaqueData.none().with(OpaqueData.TIME_TO_LIVE, "7"), Map.of());

	private final ProducerFixture fixture = new ProducerFixture();

	private final RecordingDestination destination = this.fixture.destination();

	private final PublishBatchHandler handler = new PublishBatchHandler(this.fixture.composer(), this.destination,
			ProducerMode.PUBLISH);

	@Test
	void publishesEachMessageToItsOwnTopic() {
		assertThat(handle("one", "two")).isEqualTo(Outcome.succeeded());
		assertThat(this.destination.messages()).containsExactly(outbound("one"), outbound("two"));
	}

	@Test
	void takesTheBatchOfAPeer() throws IOException {
		OpenedMessage opened = Envelope.codec(JsonMapper.shared()).open(new InboundMessage("m-1", recordedBatch()));
		BatchMessage batch = this.fixture.codec().decode(opened, BatchMessage.class);
		assertThat(this.handler.handle(batch, CONTEXT)).isEqualTo(Outcome.succeeded());
		assertThat(this.destination.messages()).hasSize(3).allSatisfy((message) -> {
			assertThat(message.address()).isEqualTo("arn:aws:sns:us-east-1:000000000000:interop");
			assertThat(message.attributes()).containsExactly(Map.entry("media_type", message.mediaType().value()));
			assertThat(message.body()).contains("\"uri\": \"https://example.com/foo/");
		});
	}

	@Test
	void repeatsNoLineBreakOfWhatIsNoMediaType() {
		BatchMessage.Item item = new BatchMessage.Item("a/b\nforged", "{}", "one", null, null);
		assertThatExceptionOfType(PublishException.class)
			.isThrownBy(() -> this.handler.handle(new BatchMessage(List.of(item)), CONTEXT))
			.withMessageNotContaining("\n");
	}

	@Test
	void repeatsNoLineBreakOfAnAddress() {
		String address = "orders\nforged";
		this.destination.breakAddress(address);
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> handle(address))
			.withMessageContaining("forged")
			.withMessageNotContaining("\n");
	}

	@Test
	void sendsOnlyTheRestAgain() {
		this.destination.breakAddress("two");
		assertThat(handle("one", "two", "three")).isEqualTo(Outcome.succeeded());
		OutboundMessage rest = this.destination.messages().get(3);
		assertThat(rest.address()).isEqualTo(ProducerFixture.BATCHES);
		JsonNode body = JsonMapper.shared().readTree(rest.body());
		assertThat(body.path("messages").valueStream().map((item) -> item.path("topic_arn").stringValue()))
			.containsExactly("two");
		assertThat(body.path("opaqueData").path(OpaqueData.TIME_TO_LIVE).stringValue()).isEqualTo("8");
	}

	@Test
	void failsAndSendsNothingAgainWhenNoneCanBePublished() {
		this.destination.breakAddress("one");
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> handle("one", "one"));
		assertThat(this.destination.messages()).extracting(OutboundMessage::address).containsExactly("one", "one");
	}

	@Test
	void anItemThatIsNoMessageKeepsNoOtherFromBeingPublished() {
		BatchMessage.Item faulty = new BatchMessage.Item("no media type", "SECRET", "two", Map.of(), Map.of());
		this.handler.handle(new BatchMessage(List.of(faulty, item("one"))), CONTEXT);
		assertThat(this.destination.messages()).extracting(OutboundMessage::address)
			.containsExactly("one", ProducerFixture.BATCHES);
	}

	@Test
	void escapesWhatCannotTravelInAMessage() {
		BatchMessage.Item item = new BatchMessage.Item("text/plain", "{\"a\":\"\uFFFE\"}", "one", Map.of(), Map.of());
		this.handler.handle(new BatchMessage(List.of(item)), CONTEXT);
		assertThat(this.destination.messages()).extracting(OutboundMessage::body)
			.containsExactly("{\"a\":\"\\ufffe\"}");
	}

	@Test
	void failsWhenTheRestCannotBeSent() {
		this.destination.breakAddress("two");
		this.destination.breakAddress(ProducerFixture.BATCHES);
		assertThatExceptionOfType(PublishException.class).isThrownBy(() -> handle("one", "two"));
	}

	@Test
	void neverShowsTheContent() {
		assertThat(new BatchMessage(List.of(item("one")))).hasToString("BatchMessage[1 messages]");
		assertThat(item("one")).hasToString("Item[text/plain to one]");
	}

	private Outcome handle(String... topics) {
		return this.handler
			.handle(new BatchMessage(List.of(topics).stream().map(PublishBatchHandlerTests::item).toList()), CONTEXT);
	}

	private static BatchMessage.Item item(String topic) {
		return new BatchMessage.Item("text/plain", "SECRET", topic, Map.of(),
				Map.of("key", new BatchMessage.Attribute("String", "value")));
	}

	private static OutboundMessage outbound(String topic) {
		return new OutboundMessage(topic, new MediaType("text/plain"), "SECRET", Map.of("key", "value"));
	}

	private static String recordedBatch() throws IOException {
		try (InputStream fixture = PublishBatchHandlerTests.class
			.getResourceAsStream("/fixtures/microcosm-wire.jsonl")) {
			String lines = new String(Objects.requireNonNull(fixture).readAllBytes(), StandardCharsets.UTF_8);
			return lines.lines()
				.filter((line) -> line.contains("created.batch_message"))
				.map((line) -> JsonMapper.shared().readTree(line).path("Body").stringValue())
				.findFirst()
				.orElseThrow();
		}
	}

}
