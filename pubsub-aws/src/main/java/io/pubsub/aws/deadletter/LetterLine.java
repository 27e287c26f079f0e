package io.pubsub.aws.deadletter;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import io.pubsub.dispatch.DeadLetterDetail;
import io.pubsub.dispatch.DeadLetters;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A letter as one line of JSON, in the form in which SQS answers a receive with it and
 * the AWS CLI shows it.
 */
final class LetterLine {

	private static final int MAX_ATTRIBUTES = 10;

	// Pure ASCII: what anybody may have written must not steer a terminal.
	private static final JsonMapper mapper = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	private LetterLine() {
	}

	static String write(Message message) {
		ObjectNode line = mapper.createObjectNode().put("MessageId", message.messageId()).put("Body", message.body());
		ObjectNode system = line.putObject("Attributes");
		message.attributesAsStrings().forEach(system::put);
		ObjectNode attributes = line.putObject("MessageAttributes");
		message.messageAttributes().forEach((name, value) -> {
			ObjectNode attribute = attributes.putObject(name).put("DataType", value.dataType());
			boolean binary = value.binaryValue() != null;
			attribute.put(binary ? "BinaryValue" : "StringValue", LetterReader.text(value));
		});
		return mapper.writeValueAsString(line);
	}

	static String id(String line) {
		String id = text(parse(line), "MessageId");
		if (id == null) {
			throw notALetter();
		}
		return id;
	}

	/**
	 * Makes the request that puts a letter back.
	 * @param line the line
	 * @param fifo whether it goes to a FIFO queue
	 * @return the request, without a queue
	 * @throws IllegalArgumentException if the line is no letter
	 */
	static SendMessageRequest.Builder read(String line, boolean fifo) {
		JsonNode node = parse(line);
		String id = text(node, "MessageId");
		String body = text(node, "Body");
		if (id == null || body == null) {
			throw notALetter();
		}
		String group = text(node.path("Attributes"), MessageSystemAttributeName.MESSAGE_GROUP_ID.toString());
		return SendMessageRequest.builder()
			.messageBody(body)
			.messageAttributes(attributes(node, id))
			.messageGroupId((group != null || !fifo) ? group : id)
			.messageDeduplicationId(fifo ? "import-" + id : null);
	}

	private static IllegalArgumentException notALetter() {
		return new IllegalArgumentException("it must be a JSON object with MessageId and Body, as an export has them");
	}

	private static JsonNode parse(String line) {
		JsonNode node = parseOrNull(line);
		if (node == null) {
			throw new IllegalArgumentException("it is not JSON");
		}
		return node;
	}

	// What the parser says may quote the content.
	private static @Nullable JsonNode parseOrNull(String line) {
		try {
			return mapper.readTree(line);
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	// SQS alone can say that it has moved a message: the letter has to say it now.
	private static Map<String, MessageAttributeValue> attributes(JsonNode node, String id) {
		Map<String, MessageAttributeValue> attributes = new HashMap<>();
		node.path("MessageAttributes").forEachEntry((name, value) -> attributes.put(name, attribute(value)));
		String source = text(node.path("Attributes"),
				MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN.toString());
		if (source != null && attributes.size() < MAX_ATTRIBUTES) {
			attributes.putIfAbsent(DeadLetters.DETAIL, LetterReader.string(DeadLetterDetail.of(id, source).toJson()));
		}
		return attributes;
	}

	private static MessageAttributeValue attribute(JsonNode value) {
		String binary = text(value, "BinaryValue");
		MessageAttributeValue.Builder attribute = MessageAttributeValue.builder()
			.dataType(value.path("DataType").asString("String"));
		return (binary != null)
				? attribute.binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(binary))).build()
				: attribute.stringValue(text(value, "StringValue")).build();
	}

	private static @Nullable String text(JsonNode node, String field) {
		JsonNode value = node.path(field);
		return value.isString() ? value.stringValue() : null;
	}

}
