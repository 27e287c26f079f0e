package io.pubsub.local.internal.sns;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pubsub.local.internal.json.Json;
import io.pubsub.local.internal.xml.XmlCharacters;
import org.jspecify.annotations.Nullable;

/**
 * Reads a message to publish, and refuses what SNS refuses.
 */
final class PublishRequestReader {

	private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cntrl}]{1,100}");

	private static final Pattern FIFO_ID = Pattern.compile("[\\p{Alnum}\\p{Punct}]{1,128}");

	private final TopicAttributes topic;

	PublishRequestReader(TopicAttributes topic) {
		this.topic = topic;
	}

	PublishRequest read(Parameters message) {
		String subject = message.get("Subject");
		if (subject != null && !SUBJECT.matcher(subject).matches()) {
			throw SnsException.invalidParameter("Subject");
		}
		String text = message.get("Message");
		if (text == null || text.isEmpty()) {
			throw SnsException.invalidParameter("Empty message");
		}
		String body = body(text, message.get("MessageStructure"));
		if (!XmlCharacters.areAllowed(body)) {
			throw SnsException
				.invalidParameter("Message Reason: it has a character that SQS takes from nobody, the set "
						+ "of allowed characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]");
		}
		Map<String, MessageAttribute> attributes = MessageAttributeReader.read(message);
		return new PublishRequest(subject, body, attributes, groupId(message), deduplicationId(message),
				message.traceHeader(), size(text, attributes));
	}

	private static int size(String text, Map<String, MessageAttribute> attributes) {
		int size = text.getBytes(StandardCharsets.UTF_8).length;
		for (Map.Entry<String, MessageAttribute> attribute : attributes.entrySet()) {
			size += attribute.getKey().getBytes(StandardCharsets.UTF_8).length + attribute.getValue().size();
		}
		return size;
	}

	private static String body(String text, @Nullable String structure) {
		if (structure == null) {
			return text;
		}
		if (!structure.equals("json")) {
			throw SnsException.invalidParameter("MessageStructure");
		}
		JsonNode messages = parse(text);
		JsonNode fallback = messages.path("default");
		if (!fallback.isTextual()) {
			throw SnsException.invalidParameter("Message Structure - No default entry in JSON message body");
		}
		JsonNode forSqs = messages.path("sqs");
		return forSqs.isTextual() ? forSqs.textValue() : fallback.textValue();
	}

	private static JsonNode parse(String text) {
		try {
			return Json.MAPPER.readTree(text);
		}
		catch (JsonProcessingException ex) {
			throw SnsException.invalidParameter("Message Structure - JSON message body failed to parse");
		}
	}

	private @Nullable String groupId(Parameters message) {
		String groupId = fifoId(message, "MessageGroupId");
		if (groupId == null && this.topic.isFifo()) {
			throw SnsException.invalidParameter("The MessageGroupId parameter is required for FIFO topics");
		}
		return groupId;
	}

	private @Nullable String deduplicationId(Parameters message) {
		String id = fifoId(message, "MessageDeduplicationId");
		if (id != null && !this.topic.isFifo()) {
			throw SnsException.invalidParameter("MessageDeduplicationId Reason: The request includes "
					+ "MessageDeduplicationId parameter that is not valid for this topic type");
		}
		if (id == null && this.topic.isFifo() && !this.topic.isContentBasedDeduplication()) {
			throw SnsException.invalidParameter("The topic should either have ContentBasedDeduplication enabled "
					+ "or MessageDeduplicationId provided explicitly");
		}
		return id;
	}

	private static @Nullable String fifoId(Parameters message, String name) {
		String id = message.get(name);
		if (id != null && !FIFO_ID.matcher(id).matches()) {
			throw SnsException.invalidParameter(
					"%1$s Reason: %1$s can only include alphanumeric and punctuation characters. 1 to 128 in length"
						.formatted(name));
		}
		return id;
	}

}
