package io.pubsub.aws.lambda;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as Lambda makes them of messages on a queue.
 */
final class SqsEvents {

	private static final JsonMapper JSON = new JsonMapper();

	private static final Path FIXTURES = Path.of("../pubsub-core/src/test/resources/fixtures");

	private SqsEvents() {
	}

	/**
	 * An event of messages that were recorded from a queue.
	 * @param fixture the file that has them, one a line
	 * @return the event as JSON
	 * @throws IOException if the file cannot be read
	 */
	static String of(String fixture) throws IOException {
		ObjectNode event = JSON.createObjectNode();
		ArrayNode records = event.putArray("Records");
		for (String line : Files.readAllLines(FIXTURES.resolve(fixture))) {
			records.add(recordOf(JSON.readTree(line)));
		}
		return event.toString();
	}

	private static ObjectNode recordOf(JsonNode message) {
		ObjectNode record = JSON.createObjectNode();
		record.set("messageId", message.get("MessageId"));
		record.set("receiptHandle", message.get("ReceiptHandle"));
		record.set("body", message.get("Body"));
		record.set("attributes", message.get("Attributes"));
		ObjectNode attributes = record.putObject("messageAttributes");
		message.path("MessageAttributes").forEachEntry((name, value) -> {
			ObjectNode attribute = attributes.putObject(name);
			attribute.set("stringValue", value.get("StringValue"));
			attribute.putArray("stringListValues");
			attribute.putArray("binaryListValues");
			attribute.set("dataType", value.get("DataType"));
		});
		record.set("md5OfBody", message.get("MD5OfBody"));
		record.put("eventSource", "aws:sqs");
		record.put("eventSourceARN", "arn:aws:sqs:us-east-1:000000000000:interop");
		record.put("awsRegion", "us-east-1");
		return record;
	}

	/**
	 * An event of messages in groups.
	 * @param queue the name of the queue
	 * @param messages their bodies, each with its group before a colon
	 * @return the event as JSON, with the ids message-0, message-1 and so on
	 */
	static String inGroups(String queue, List<String> messages) {
		ObjectNode event = JSON.createObjectNode();
		ArrayNode records = event.putArray("Records");
		for (String message : messages) {
			int colon = message.indexOf(':');
			ObjectNode record = records.addObject();
			record.put("messageId", "message-" + (records.size() - 1));
			record.put("body", message.substring(colon + 1));
			record.putObject("attributes").put("MessageGroupId", message.substring(0, colon));
			record.put("eventSource", "aws:sqs");
			record.put("eventSourceARN", "arn:aws:sqs:us-east-1:000000000000:" + queue);
		}
		return event.toString();
	}

}
