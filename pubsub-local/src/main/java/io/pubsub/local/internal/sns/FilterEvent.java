package io.pubsub.local.internal.sns;

import java.math.BigDecimal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pubsub.local.internal.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A message as the rule engine sees it.
 */
final class FilterEvent {

	private FilterEvent() {
	}

	// Return the body, or null if it is no JSON object and so matches nothing.
	static @Nullable JsonNode ofBody(PublishRequest request) {
		JsonNode body = parse(request.body());
		return (body != null && body.isObject()) ? body : null;
	}

	// Return the attributes. A binary one is as if it were absent.
	static JsonNode ofAttributes(PublishRequest request) {
		ObjectNode event = Json.MAPPER.createObjectNode();
		request.attributes().forEach((name, attribute) -> {
			JsonNode value = valueOf(event, attribute);
			if (value != null) {
				event.set(name, value);
			}
		});
		return event;
	}

	private static @Nullable JsonNode valueOf(ObjectNode factory, MessageAttribute attribute) {
		String text = attribute.text();
		if (text == null) {
			return null;
		}
		if (attribute.isNumber()) {
			return factory.numberNode(new BigDecimal(text));
		}
		if (attribute.isArray()) {
			JsonNode array = parse(text);
			return (array != null && array.isArray()) ? array : null;
		}
		return factory.textNode(text);
	}

	private static @Nullable JsonNode parse(String json) {
		try {
			return Json.MAPPER.readTree(json);
		}
		catch (JsonProcessingException ex) {
			return null;
		}
	}

}
