package io.pubsub.local.internal.sqs;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pubsub.local.internal.json.Json;

/**
 * An error as SQS tells it in its JSON protocol.
 *
 * @param type the name of the error in the API of SQS
 * @param message the text for people
 */
public record SqsError(String type, String message) {

	private static final String NAMESPACE = "com.amazonaws.sqs#";

	private static final String QUERY_NAMESPACE = "AWS.SimpleQueueService.";

	// The codes that the errors have had since the Query protocol, where they differ.
	private static final Map<String, String> CODES = Map.of("QueueDoesNotExist",
			"AWS.SimpleQueueService.NonExistentQueue", "QueueNameExists", "QueueAlreadyExists",
			"BatchEntryIdsNotDistinct", QUERY_NAMESPACE + "BatchEntryIdsNotDistinct", "BatchRequestTooLong",
			QUERY_NAMESPACE + "BatchRequestTooLong", "EmptyBatchRequest", QUERY_NAMESPACE + "EmptyBatchRequest",
			"InvalidBatchEntryId", QUERY_NAMESPACE + "InvalidBatchEntryId", "MessageNotInflight",
			QUERY_NAMESPACE + "MessageNotInflight", "TooManyEntriesInBatchRequest",
			QUERY_NAMESPACE + "TooManyEntriesInBatchRequest", "UnsupportedOperation",
			QUERY_NAMESPACE + "UnsupportedOperation", "PurgeQueueInProgress", QUERY_NAMESPACE + "PurgeQueueInProgress");

	static SqsError invalidValue(String message) {
		return new SqsError("InvalidParameterValue", message);
	}

	static SqsError read(JsonNode error) {
		String type = error.path("__type").asText();
		return new SqsError(type.substring(type.indexOf('#') + 1), error.path("Message").asText());
	}

	/**
	 * Return the code that clients know the error by.
	 * @return the code
	 */
	String code() {
		return CODES.getOrDefault(this.type, this.type);
	}

	/**
	 * Return the value of the header {@code x-amzn-query-error}, from which clients take
	 * the code.
	 * @return the code and whose fault it is
	 */
	public String header() {
		return code() + ";Sender";
	}

	/**
	 * Return the body of the answer.
	 * @return the JSON
	 */
	public String body() {
		ObjectNode body = Json.MAPPER.createObjectNode();
		return body.put("__type", NAMESPACE + this.type).put("message", this.message).toString();
	}

}
