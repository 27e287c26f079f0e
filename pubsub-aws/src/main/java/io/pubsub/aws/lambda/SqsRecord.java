package io.pubsub.aws.lambda;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.pubsub.aws.place.Fifo;
import io.pubsub.internal.ForeignNumber;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One message of an SQS event, as Lambda passes it on.
 *
 * @param message the message, unopened; its binary attributes are Base64 text
 * @param attempt the number of the attempt, from 1
 * @param ordered whether the order within the group of the message counts
 */
record SqsRecord(InboundMessage message, int attempt, boolean ordered) {

	private static final String SQS = "aws:sqs";

	/**
	 * Reads all messages of an event, so that a broken event is refused before anything
	 * of it is handled.
	 * @param event the event
	 * @return the messages in their order
	 * @throws IllegalArgumentException if this is not an event of SQS
	 */
	static List<SqsRecord> readAll(JsonNode event) {
		JsonNode records = event.path("Records");
		if (!records.isArray()) {
			throw new IllegalArgumentException("The event has no array Records: it is not an event of SQS;"
					+ " check what triggers the function (a warm-up event has a field 'warm')");
		}
		List<SqsRecord> messages = new ArrayList<>();
		for (JsonNode record : records) {
			messages.add(read(record, "Records[" + messages.size() + "]"));
		}
		return messages;
	}

	private static SqsRecord read(JsonNode record, String place) {
		if (!SQS.equals(text(record, "eventSource"))) {
			throw new IllegalArgumentException(
					"%s of the event has not the eventSource %s: connect the function to a queue".formatted(place,
							SQS));
		}
		String id = text(record, "messageId");
		if (id == null || id.isEmpty()) {
			throw new IllegalArgumentException("%s of the event has no messageId".formatted(place));
		}
		JsonNode system = record.path("attributes");
		String body = text(record, "body");
		Long sent = ForeignNumber.of(text(system, "SentTimestamp"), 0, Long.MAX_VALUE);
		InboundMessage message = new InboundMessage(id, (body != null) ? body : "",
				attributes(record.path("messageAttributes")), text(system, "MessageGroupId"),
				(sent != null) ? Instant.ofEpochMilli(sent) : null);
		// A count that makes no sense is that of a first delivery.
		Long receives = ForeignNumber.of(text(system, "ApproximateReceiveCount"), 1, Integer.MAX_VALUE);
		String queue = text(record, "eventSourceARN");
		return new SqsRecord(message, (receives != null) ? receives.intValue() : 1,
				queue != null && Fifo.isAddress(queue));
	}

	private static Map<String, String> attributes(JsonNode attributes) {
		Map<String, String> texts = new HashMap<>();
		attributes.forEachEntry((name, value) -> {
			String text = text(value, "stringValue");
			String binary = text(value, "binaryValue");
			texts.put(name, (text != null) ? text : (binary != null) ? binary : "");
		});
		return texts;
	}

	private static @Nullable String text(JsonNode node, String field) {
		JsonNode value = node.path(field);
		return value.isString() ? value.stringValue() : null;
	}

	/**
	 * The group whose later messages must wait for this one.
	 * @return the group, or {@code null} if the order does not count
	 */
	@Nullable String orderedGroup() {
		return this.ordered ? this.message.groupId() : null;
	}

}
