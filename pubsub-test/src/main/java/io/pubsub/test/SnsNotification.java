package io.pubsub.test;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import io.pubsub.transport.OutboundMessage;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON that SNS puts on a queue that has not asked for raw delivery, without the
 * signature.
 */
final class SnsNotification {

	private static final JsonMapper JSON = new JsonMapper();

	private SnsNotification() {
	}

	static String toJson(String id, OutboundMessage message, Instant timestamp) {
		Map<String, Object> notification = new LinkedHashMap<>();
		notification.put("Type", "Notification");
		notification.put("MessageId", id);
		notification.put("TopicArn", message.address());
		notification.put("Message", message.body());
		notification.put("Timestamp", timestamp.toString());
		notification.put("MessageAttributes", attributes(message));
		return JSON.writeValueAsString(notification);
	}

	private static Map<String, Object> attributes(OutboundMessage message) {
		Map<String, Object> attributes = new LinkedHashMap<>();
		message.attributes().forEach((name, value) -> attributes.put(name, Map.of("Type", "String", "Value", value)));
		return attributes;
	}

}
