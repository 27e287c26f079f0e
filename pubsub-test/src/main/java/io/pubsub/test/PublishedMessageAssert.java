package io.pubsub.test;

import java.util.LinkedHashMap;
import java.util.Map;

import io.pubsub.transport.OutboundMessage;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.MapAssert;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Assertions on one published message.
 *
 * @since 0.1.0
 */
public final class PublishedMessageAssert extends AbstractAssert<PublishedMessageAssert, OutboundMessage> {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String MEDIA_TYPE = "mediaType";

	private static final String OPAQUE_DATA = "opaqueData";

	PublishedMessageAssert(@Nullable OutboundMessage actual) {
		super(actual, PublishedMessageAssert.class);
	}

	/**
	 * Verifies the media type.
	 * @param mediaType the media type
	 * @return this
	 */
	public PublishedMessageAssert hasMediaType(String mediaType) {
		Assertions.assertThat(message().mediaType().value()).as("media type").isEqualTo(mediaType);
		return this;
	}

	/**
	 * Verifies where the message went.
	 * @param address the address, for SNS the ARN of a topic
	 * @return this
	 */
	public PublishedMessageAssert hasAddress(String address) {
		Assertions.assertThat(message().address()).as("address").isEqualTo(address);
		return this;
	}

	/**
	 * Verifies that the message has an attribute, perhaps among others.
	 * @param name the name of the attribute
	 * @param value its value
	 * @return this
	 */
	public PublishedMessageAssert hasAttribute(String name, String value) {
		Assertions.assertThat(message().attributes()).as("attributes").containsEntry(name, value);
		return this;
	}

	/**
	 * Verifies the URI in the content of a message of the convention.
	 * @param uri the URI
	 * @return this
	 */
	public PublishedMessageAssert hasUri(String uri) {
		content().containsEntry("uri", uri);
		return this;
	}

	/**
	 * Verifies the whole content: the body without media type and opaque data.
	 * @param json the content as JSON, however it is laid out
	 * @return this
	 */
	public PublishedMessageAssert hasContent(String json) {
		content().isEqualTo(parse("the expected content", json));
		return this;
	}

	/**
	 * Assertions on the content: the body without media type and opaque data.
	 * @return assertions on the names and values of the JSON object
	 */
	public MapAssert<String, Object> content() {
		Map<String, Object> content = parse("the body", message().body());
		content.remove(MEDIA_TYPE);
		content.remove(OPAQUE_DATA);
		return Assertions.assertThat(content).as("content");
	}

	/**
	 * Assertions on the opaque data in the body.
	 * @return assertions on the names and values, of which there are none in a body
	 * without opaque data
	 */
	public MapAssert<String, Object> opaqueData() {
		JsonNode opaqueData = JSON.valueToTree(parse("the body", message().body()).getOrDefault(OPAQUE_DATA, Map.of()));
		return Assertions.assertThat(toMap("the opaque data", opaqueData)).as("opaque data");
	}

	private OutboundMessage message() {
		isNotNull();
		return this.actual;
	}

	private static Map<String, Object> parse(String what, String json) {
		try {
			return toMap(what, JSON.readTree(json));
		}
		catch (JacksonException ex) {
			throw new AssertionError(what + " is not JSON", ex);
		}
	}

	private static Map<String, Object> toMap(String what, JsonNode node) {
		Assertions.assertThat(node.isObject()).as("%s is a JSON object", what).isTrue();
		return JSON.convertValue(node, new JsonObject());
	}

	private static final class JsonObject extends TypeReference<LinkedHashMap<String, Object>> {

	}

}
