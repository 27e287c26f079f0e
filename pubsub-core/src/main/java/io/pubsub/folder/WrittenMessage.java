package io.pubsub.folder;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message in a file, as SQS would answer a receive with it: that is the form in which
 * files of messages are read.
 *
 * @param messageId its id
 * @param body its text
 * @param attributes the attributes of the system, here the group
 * @param messageAttributes the attributes beside the body
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record WrittenMessage(@JsonProperty("MessageId") String messageId,
		@JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("Body") String body,
		@JsonProperty("Attributes") Map<String, String> attributes,
		@JsonProperty("MessageAttributes") Map<String, Value> messageAttributes) {

	private static final JsonMapper MAPPER = new JsonMapper();

	static String of(String id, OutboundMessage message) {
		boolean alone = message.attributes().isEmpty() && message.groupId() == null;
		return (alone && !isReceived(message.body())) ? message.body() : MAPPER.writeValueAsString(
				new WrittenMessage(id, message.body(), system(message.groupId()), values(message.attributes())));
	}

	// Such a body would be taken apart by whoever reads it.
	private static boolean isReceived(String body) {
		return body.contains("\"MessageId\"") || body.isBlank();
	}

	private static Map<String, String> system(@Nullable String groupId) {
		return (groupId != null) ? Map.of("MessageGroupId", groupId) : Map.of();
	}

	private static Map<String, Value> values(Map<String, String> attributes) {
		Map<String, Value> values = new LinkedHashMap<>();
		attributes.forEach((name, value) -> values.put(name, new Value(value, "String")));
		return values;
	}

	/**
	 * The value of an attribute.
	 *
	 * @param text the value
	 * @param type the type in the words of SQS
	 */
	record Value(@JsonProperty("StringValue") String text, @JsonProperty("DataType") String type) {

	}

}
