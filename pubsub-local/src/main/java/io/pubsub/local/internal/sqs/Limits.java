package io.pubsub.local.internal.sqs;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The bounds that SQS puts on the numbers and sizes of a request.
 */
final class Limits {

	static final int LARGEST_MESSAGE = 1_048_576;

	private static final String VISIBILITY_TIMEOUT = "VisibilityTimeout";

	private static final int LONGEST_VISIBILITY_TIMEOUT = 43_200;

	private static final int LONGEST_WAIT = 20;

	private static final int MOST_MESSAGES = 10;

	private static final Map<String, Range> QUEUE_ATTRIBUTES = Map.of(VISIBILITY_TIMEOUT,
			new Range(0, LONGEST_VISIBILITY_TIMEOUT), "ReceiveMessageWaitTimeSeconds", new Range(0, LONGEST_WAIT),
			"DelaySeconds", new Range(0, 900), "MessageRetentionPeriod", new Range(60, 1_209_600), "MaximumMessageSize",
			new Range(1024, LARGEST_MESSAGE));

	private Limits() {
	}

	static @Nullable SqsError check(String action, JsonNode request) {
		return switch (action) {
			case "ReceiveMessage" -> checkReceive(request);
			case "ChangeMessageVisibility" -> checkVisibility(request);
			case "CreateQueue", "SetQueueAttributes" -> checkAttributes(request.path("Attributes"));
			case "SendMessage" -> (size(request) > LARGEST_MESSAGE) ? messageTooLong() : null;
			case "SendMessageBatch" -> (sizeOfAll(request) > LARGEST_MESSAGE) ? batchTooLong() : null;
			default -> null;
		};
	}

	private static @Nullable SqsError checkReceive(JsonNode request) {
		SqsError error = checkVisibility(request);
		if (error == null) {
			error = check(request, "MaxNumberOfMessages", new Range(1, MOST_MESSAGES), "Must be between 1 and 10");
		}
		return (error != null) ? error
				: check(request, "WaitTimeSeconds", new Range(0, LONGEST_WAIT), "Must be >= 0 and <= 20");
	}

	static @Nullable SqsError checkVisibility(JsonNode request) {
		return check(request, VISIBILITY_TIMEOUT, new Range(0, LONGEST_VISIBILITY_TIMEOUT),
				"Must be >= 0 and <= 43200");
	}

	private static @Nullable SqsError check(JsonNode request, String name, Range range, String rule) {
		JsonNode value = request.path(name);
		if (value.isMissingNode() || value.isNull() || range.has(value.asText())) {
			return null;
		}
		return SqsError.invalidValue(
				"Value %s for parameter %s is invalid. Reason: %s, if provided.".formatted(value.asText(), name, rule));
	}

	private static @Nullable SqsError checkAttributes(JsonNode attributes) {
		return attributes.properties()
			.stream()
			.filter((attribute) -> isInvalid(QUEUE_ATTRIBUTES.get(attribute.getKey()), attribute.getValue()))
			.findFirst()
			.map((attribute) -> new SqsError("InvalidAttributeValue",
					"Invalid value for the parameter %s.".formatted(attribute.getKey())))
			.orElse(null);
	}

	private static boolean isInvalid(@Nullable Range range, JsonNode value) {
		return range != null && !range.has(value.asText());
	}

	static SqsError emptyBatch(String action) {
		return new SqsError("EmptyBatchRequest",
				"There should be at least one %sRequestEntry in the request.".formatted(action));
	}

	static SqsError messageTooLong() {
		return SqsError
			.invalidValue("One or more parameters are invalid. Reason: Message must be shorter than %d bytes."
				.formatted(LARGEST_MESSAGE));
	}

	static SqsError batchTooLong() {
		return new SqsError("BatchRequestTooLong",
				"Batch requests cannot be longer than %d bytes.".formatted(LARGEST_MESSAGE));
	}

	private static long sizeOfAll(JsonNode request) {
		long size = 0;
		for (JsonNode entry : request.path("Entries")) {
			size += size(entry);
		}
		return size;
	}

	private static long size(JsonNode message) {
		long size = bytes(message.path("MessageBody"));
		for (Map.Entry<String, JsonNode> attribute : message.path("MessageAttributes").properties()) {
			JsonNode value = attribute.getValue();
			size += attribute.getKey().getBytes(StandardCharsets.UTF_8).length + bytes(value.path("DataType"))
					+ bytes(value.path("StringValue")) + decodedBytes(value.path("BinaryValue"));
		}
		return size;
	}

	private static long bytes(JsonNode text) {
		return text.asText().getBytes(StandardCharsets.UTF_8).length;
	}

	// Three bytes are written as four characters.
	private static long decodedBytes(JsonNode base64) {
		return base64.asText().length() * 3L / 4;
	}

	/**
	 * The whole numbers that are permitted.
	 *
	 * @param smallest the smallest
	 * @param largest the largest
	 */
	private record Range(long smallest, long largest) {

		boolean has(String text) {
			try {
				long value = Long.parseLong(text);
				return value >= this.smallest && value <= this.largest;
			}
			catch (NumberFormatException ex) {
				return false;
			}
		}

	}

}
