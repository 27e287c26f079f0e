package io.pubsub.test;

import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.transport.OutboundMessage;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PublishedMessageAssert}.
 */
class PublishedMessageAssertTests {

	private static final String MEDIA_TYPE = "application/vnd.example.pubsub._.created.order";

	private static final String BODY = """
			{"mediaType": "%s", "opaqueData": {"X-Request-Id": "id-1"}, "uri": "http://example.com/1", "lines": [1, 2]}
			""".formatted(MEDIA_TYPE);

	private final OutboundMessage message = new OutboundMessage("topic", new MediaType(MEDIA_TYPE), BODY,
			Map.of("media_type", MEDIA_TYPE));

	@Test
	void passesOnWhatTheMessageHas() {
		assertThat(this.message).hasMediaType(MEDIA_TYPE).hasAddress("topic").hasAttribute("media_type", MEDIA_TYPE);
	}

	@Test
	void failsOnAnotherMediaType() {
		fails(() -> assertThat(this.message).hasMediaType("application/json"), "media type");
	}

	@Test
	void failsOnAnotherAddress() {
		fails(() -> assertThat(this.message).hasAddress("elsewhere"), "address");
	}

	@Test
	void failsOnAnotherAttribute() {
		fails(() -> assertThat(this.message).hasAttribute("media_type", "application/json"), "attributes");
	}

	@Test
	void passesOnTheSameContentHoweverItIsLaidOut() {
		assertThat(this.message).hasContent("{ \"lines\":[1,2],\n \"uri\": \"http://example.com/1\" }");
	}

	@Test
	void failsOnAnotherContent() {
		fails(() -> assertThat(this.message).hasContent("{\"uri\": \"http://example.com/1\"}"), "content");
	}

	@Test
	void assertsOnPartsOfTheContent() {
		assertThat(this.message).content()
			.containsOnlyKeys("uri", "lines")
			.containsEntry("uri", "http://example.com/1");
	}

	@Test
	void passesOnTheUri() {
		assertThat(withBody("{\"uri\": \"http://example.com/1\"}")).hasUri("http://example.com/1");
	}

	@Test
	void failsOnAnotherUri() {
		fails(() -> assertThat(withBody("{\"uri\": \"http://example.com/1\"}")).hasUri("http://example.com/2"),
				"http://example.com/2");
	}

	@Test
	void assertsOnTheOpaqueData() {
		assertThat(this.message).opaqueData().containsExactly(Map.entry("X-Request-Id", "id-1"));
	}

	@Test
	void findsNoOpaqueDataWhereThereIsNone() {
		assertThat(withBody("{}")).opaqueData().isEmpty();
	}

	@Test
	void failsOnContentThatIsNotJson() {
		fails(() -> assertThat(withBody("no JSON")).content(), "the body is not JSON");
	}

	@Test
	void failsOnContentThatIsNotAnObject() {
		fails(() -> assertThat(withBody("null")).content(), "the body is a JSON object");
	}

	@Test
	void failsOnOpaqueDataThatIsNotAnObject() {
		fails(() -> assertThat(withBody("{\"opaqueData\": 1}")).opaqueData(), "the opaque data is a JSON object");
	}

	private OutboundMessage withBody(String body) {
		return new OutboundMessage("topic", new MediaType(MEDIA_TYPE), body, Map.of());
	}

	private static void fails(Runnable assertion, String message) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion::run).withMessageContaining(message);
	}

}
