package io.pubsub.schema;

import java.util.Map;

import io.pubsub.transport.InboundMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Envelope}.
 */
class EnvelopeTests {

	private static final String BODY = """
			{"mediaType": "application/vnd.example.foo", "opaqueData": {"x-request-id": "1"}, "bar": "baz"}""";

	private static final String NOTIFICATION = """
			{"Type": "Notification", "MessageId": "sns-1", "TopicArn": "arn:topic", "Subject": null,
			"Message": %s, "MessageAttributes": {"media_type": {"Type": "String", "Value": "foo"}}}""";

	private final JsonMapper mapper = JsonMapper.builder().enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

	private final Envelope codec = Envelope.codec(this.mapper);

	@Test
	void opensANotification() {
		OpenedMessage opened = open(notification(BODY));
		assertThat(opened.mediaType()).hasToString("application/vnd.example.foo");
		assertThat(opened.opaqueData().asMap()).containsExactly(Map.entry("x-request-id", "1"));
		assertThat(opened.content().toString()).isEqualTo("{\"bar\":\"baz\"}");
		assertThat(opened.attributes()).containsExactly(Map.entry("media_type", "foo"));
		assertThat(opened.snsMessageId()).isEqualTo("sns-1");
		assertThat(opened.topicArn()).isEqualTo("arn:topic");
	}

	@Test
	void opensARawDelivery() {
		OpenedMessage opened = this.codec.open(new InboundMessage("1", BODY, Map.of("media_type", "foo"), null, null));
		assertThat(opened.mediaType()).hasToString("application/vnd.example.foo");
		assertThat(opened.content().toString()).isEqualTo("{\"bar\":\"baz\"}");
		assertThat(opened.attributes()).containsExactly(Map.entry("media_type", "foo"));
		assertThat(opened.snsMessageId()).isNull();
		assertThat(opened.topicArn()).isNull();
	}

	@Test
	void takesARawDeliveryWithAFieldNamedMessageForWhatItIs() {
		OpenedMessage opened = open("{\"mediaType\": \"a/b\", \"Message\": \"hello\"}");
		assertThat(opened.content().toString()).isEqualTo("{\"Message\":\"hello\"}");
	}

	@Test
	void opensANotificationWithoutAttributes() {
		OpenedMessage opened = open("{\"Message\": \"{\\\"mediaType\\\": \\\"a/b\\\"}\", \"MessageAttributes\": null}");
		assertThat(opened.attributes()).isEmpty();
		assertThat(opened.opaqueData().asMap()).isEmpty();
	}

	@Test
	void skipsAByteOrderMark() {
		assertThat(open("\ufeff" + BODY).mediaType()).hasToString("application/vnd.example.foo");
		assertThat(open("\ufeff{\"Message\": \"\ufeff{\\\"mediaType\\\": \\\"a/b\\\"}\"}").mediaType())
			.hasToString("a/b");
	}

	@Test
	void readsOpaqueValuesAsText() {
		OpenedMessage opened = open("""
				{"mediaType": "a/b", "opaqueData": {"text": "a\\"b", "number": 1.50, "flag": true, "none": null,
				"object": {"a": [1]}, "X-Upper": "x"}}""");
		assertThat(opened.opaqueData().asMap()).containsOnly(Map.entry("text", "a\"b"), Map.entry("number", "1.50"),
				Map.entry("flag", "true"), Map.entry("object", "{\"a\":[1]}"), Map.entry("X-Upper", "x"));
		assertThat(opened.opaqueData().get("x-upper")).isEqualTo("x");
	}

	@Test
	void takesNullForNoOpaqueData() {
		assertThat(open("{\"mediaType\": \"a/b\", \"opaqueData\": null}").opaqueData().asMap()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			``                                                   | the body is not a JSON object
			secret                                               | the body is not valid JSON at line 1
			[]                                                   | the body is not a JSON object
			null                                                 | the body is not a JSON object
			"secret"                                             | the body is not a JSON object
			{"mediaType": "a/b", "secret": }                     | the body is not valid JSON at line 1, column
			{"mediaType": "a/b"} secret                          | the body is not valid JSON
			{"mediaType": "a/b", "secret": 1, "secret": 2}       | the body is not valid JSON
			{"secret": 1}                                        | mediaType is missing
			{"mediaType": null}                                  | mediaType is not text
			{"mediaType": {"secret": 1}}                         | mediaType is not text
			{"mediaType": "a secret"}                            | mediaType is not valid
			{"mediaType": ""}                                    | mediaType is not valid
			{"mediaType": "secret/b.*"}                          | mediaType is not valid
			{"mediaType": "a/b", "opaqueData": "secret"}         | opaqueData is not a JSON object
			{"mediaType": "a/b", "opaqueData": ["secret"]}       | opaqueData is not a JSON object
			{"Message": {"secret": 1}}                           | Message is not text
			{"Message": null}                                    | Message is not text
			{"Message": "secret"}                                | the Message of the notification is not valid JSON
			{"Message": "[]"}                                    | the Message of the notification is not a JSON object
			{"Message": "{}", "MessageAttributes": 1}            | MessageAttributes is not a JSON object
			{"Message": "{}", "MessageAttributes": {"secret": 1}} | an attribute in MessageAttributes has no Value
			""")
	void saysWhatIsWrongWithoutTheContent(String body, String message) {
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> open(body))
			.withMessageContaining(message)
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
	}

	@Test
	void keepsTheLimitOfDepth() {
		String deep = "{\"mediaType\": \"a/b\", \"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";
		assertThatExceptionOfType(MalformedMessageException.class).isThrownBy(() -> open(deep))
			.withMessageContaining("the body exceeds the limits")
			.withNoCause();
	}

	@Test
	void refusesAMediaTypeThatIsTooLong() {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> open("{\"mediaType\": \"" + "a".repeat(256) + "\"}"))
			.withMessageContaining("mediaType is not valid")
			.withMessageContaining("255");
	}

	@Test
	void rawTakesTheBodyForTheContent() {
		OpenedMessage opened = Envelope.raw(this.mapper).open(new InboundMessage("1", BODY));
		assertThat(opened.mediaType()).hasToString("application/json");
		assertThat(opened.content().propertyNames()).containsExactly("mediaType", "opaqueData", "bar");
		assertThat(opened.opaqueData().asMap()).isEmpty();
	}

	@Test
	void naiveTakesTheBodyForTheMessage() {
		OpenedMessage opened = Envelope.naive(this.mapper).open(new InboundMessage("1", BODY));
		assertThat(opened.mediaType()).hasToString("application/vnd.example.foo");
		assertThat(opened.content().toString()).isEqualTo("{\"bar\":\"baz\"}");
	}

	@Test
	void naiveKnowsNoNotification() {
		assertThatExceptionOfType(MalformedMessageException.class)
			.isThrownBy(() -> Envelope.naive(this.mapper).open(new InboundMessage("1", notification(BODY))))
			.withMessage("mediaType is missing");
	}

	@Test
	void namesTheMessageWithoutItsContent() {
		assertThat(open(BODY)).asString().contains("application/vnd.example.foo").doesNotContain("baz");
	}

	private OpenedMessage open(String body) {
		return this.codec.open(new InboundMessage("1", body));
	}

	private String notification(String message) {
		return NOTIFICATION.formatted(this.mapper.writeValueAsString(message));
	}

}
