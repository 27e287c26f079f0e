package io.pubsub.autoconfigure.command;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a message as SQS answers a receive with it, on one line.
 */
final class MessageJson {

	// Pure ASCII: what anybody may have written must not steer the terminal.
	private static final JsonMapper mapper = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private MessageJson() {
	}

	static String of(Delivery delivery) {
		InboundMessage message = delivery.message();
		ObjectNode json = mapper.createObjectNode().put("MessageId", message.id()).put("Body", message.body());
		ObjectNode system = json.putObject("Attributes")
			.put("ApproximateReceiveCount", String.valueOf(delivery.attempt()));
		if (message.sentAt() != null) {
			system.put("SentTimestamp", String.valueOf(message.sentAt().toEpochMilli()));
		}
		if (message.groupId() != null) {
			system.put("MessageGroupId", message.groupId());
		}
		ObjectNode attributes = json.putObject("MessageAttributes");
		message.attributes()
			.forEach((name, value) -> attributes.putObject(name).put("DataType", "String").put("StringValue", value));
		return mapper.writeValueAsString(json);
	}

}
