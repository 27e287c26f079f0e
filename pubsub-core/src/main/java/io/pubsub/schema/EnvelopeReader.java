package io.pubsub.schema;

import java.util.LinkedHashMap;
import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.OpaqueData;
import io.pubsub.internal.ForeignJson;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Opens bodies that anybody may have written.
 */
final class EnvelopeReader {

	private static final MediaType JSON = new MediaType("application/json");

	private static final String BYTE_ORDER_MARK = "\ufeff";

	private final JsonMapper mapper;

	EnvelopeReader(JsonMapper mapper) {
		this.mapper = WireFormat.of(mapper);
	}

	OpenedMessage openNotification(InboundMessage message) {
		ObjectNode body = parse(message.body(), "the body");
		// A raw body may well have a field of that name; a notification has no media
		// type.
		if (!body.has("Message") || body.has(WireFormat.MEDIA_TYPE)) {
			return open(body, message.attributes(), null, null);
		}
		ObjectNode wrapped = parse(text(body, "Message"), "the Message of the notification");
		return open(wrapped, attributesOf(body), textOrNull(body, "MessageId"), textOrNull(body, "TopicArn"));
	}

	OpenedMessage openMessage(InboundMessage message) {
		return open(parse(message.body(), "the body"), message.attributes(), null, null);
	}

	OpenedMessage openContent(InboundMessage message) {
		ObjectNode content = parse(message.body(), "the body");
		return new OpenedMessage(JSON, content, OpaqueData.none(), message.attributes(), null, null);
	}

	private OpenedMessage open(ObjectNode message, Map<String, String> attributes, @Nullable String snsMessageId,
			@Nullable String topicArn) {
		MediaType mediaType = mediaTypeOf(message);
		OpaqueData opaqueData = opaqueDataOf(message);
		message.remove(WireFormat.MEDIA_TYPE);
		message.remove(WireFormat.OPAQUE_DATA);
		return new OpenedMessage(mediaType, message, opaqueData, attributes, snsMessageId, topicArn);
	}

	private ObjectNode parse(String json, String what) {
		JsonNode body = ForeignJson.read(this.mapper, withoutByteOrderMark(json),
				(fault) -> new MalformedMessageException(what + " " + fault));
		if (body instanceof ObjectNode object) {
			return object;
		}
		throw new MalformedMessageException(what + " is not a JSON object");
	}

	// Editors of Windows begin a file with it.
	private static String withoutByteOrderMark(String json) {
		return json.startsWith(BYTE_ORDER_MARK) ? json.substring(BYTE_ORDER_MARK.length()) : json;
	}

	private static MediaType mediaTypeOf(ObjectNode message) {
		MediaType mediaType;
		try {
			mediaType = new MediaType(text(message, WireFormat.MEDIA_TYPE));
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedMessageException("mediaType is not valid: " + ex.getMessage());
		}
		if (mediaType.isPattern()) {
			throw new MalformedMessageException("mediaType is not valid: a message must not have a pattern");
		}
		return mediaType;
	}

	private static OpaqueData opaqueDataOf(ObjectNode message) {
		Map<String, String> values = new LinkedHashMap<>();
		for (Map.Entry<String, JsonNode> entry : objectOrEmpty(message, WireFormat.OPAQUE_DATA)) {
			JsonNode value = entry.getValue();
			if (!value.isNull()) {
				values.put(entry.getKey(), value.isString() ? value.stringValue() : value.toString());
			}
		}
		return OpaqueData.of(values);
	}

	private static Map<String, String> attributesOf(ObjectNode notification) {
		Map<String, String> attributes = new LinkedHashMap<>();
		for (Map.Entry<String, JsonNode> entry : objectOrEmpty(notification, "MessageAttributes")) {
			JsonNode value = entry.getValue().path("Value");
			if (!value.isString()) {
				throw new MalformedMessageException("an attribute in MessageAttributes has no Value that is text");
			}
			attributes.put(entry.getKey(), value.stringValue());
		}
		return attributes;
	}

	private static Iterable<Map.Entry<String, JsonNode>> objectOrEmpty(ObjectNode node, String field) {
		JsonNode value = node.path(field);
		if (value.isMissingNode() || value.isNull()) {
			return Map.<String, JsonNode>of().entrySet();
		}
		if (value instanceof ObjectNode object) {
			return object.properties();
		}
		throw new MalformedMessageException(field + " is not a JSON object");
	}

	private static String text(ObjectNode node, String field) {
		JsonNode value = node.path(field);
		if (value.isMissingNode()) {
			throw new MalformedMessageException(field + " is missing");
		}
		if (!value.isString()) {
			throw new MalformedMessageException(field + " is not text");
		}
		return value.stringValue();
	}

	private static @Nullable String textOrNull(ObjectNode node, String field) {
		JsonNode value = node.path(field);
		return value.isString() ? value.stringValue() : null;
	}

}
