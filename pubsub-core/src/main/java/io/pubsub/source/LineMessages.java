package io.pubsub.source;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes messages of lines. A line is the body of a message, or a message as SQS answers a
 * receive with it, recognised by its {@code MessageId} and {@code Body}: the form in
 * which the AWS CLI, microcosm-pubsub and the command {@code read --json} show messages.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class LineMessages {

	private static final String MESSAGE_ID = "MessageId";

	private final JsonMapper mapper = new JsonMapper();

	/**
	 * The message of a line. Its id is that of the line, which every log line has then.
	 * @param id the id of the line
	 * @param text the line
	 * @return the message, unopened
	 */
	public InboundMessage read(String id, String text) {
		JsonNode received = text.contains('"' + MESSAGE_ID + '"') ? parse(text) : null;
		String body = (received != null) ? text(received, "Body") : null;
		if (received == null || body == null || text(received, MESSAGE_ID) == null || received.has("mediaType")) {
			return new InboundMessage(id, text);
		}
		JsonNode system = received.path("Attributes");
		return new InboundMessage(id, body, attributes(received.path("MessageAttributes")),
				text(system, "MessageGroupId"), sentAt(text(system, "SentTimestamp")));
	}

	// What is no JSON is for the envelope to refuse.
	private @Nullable JsonNode parse(String text) {
		try {
			return this.mapper.readTree(text);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static Map<String, String> attributes(JsonNode attributes) {
		Map<String, String> texts = new HashMap<>();
		attributes.forEachEntry((name, value) -> {
			String text = text(value, "StringValue");
			String binary = text(value, "BinaryValue");
			texts.put(name, (text != null) ? text : (binary != null) ? binary : "");
		});
		return texts;
	}

	private static @Nullable Instant sentAt(@Nullable String millis) {
		try {
			return (millis != null) ? Instant.ofEpochMilli(Long.parseLong(millis)) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable String text(JsonNode node, String field) {
		JsonNode value = node.path(field);
		return value.isString() ? value.stringValue() : null;
	}

}
