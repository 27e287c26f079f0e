package io.pubsub.local.internal.sqs;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Errors of ElasticMQ in the words of SQS.
 */
final class Translation {

	private static final String MALFORMED = "Invalid request: MalformedRequestContentRejection";

	private static final String MISSING = "The request must contain the parameter ";

	private Translation() {
	}

	static SqsError of(String action, SqsError error, JsonNode requested) {
		if (error.type().equals("ReceiptHandleIsInvalid")) {
			return invalidHandle(action, requested);
		}
		return switch (error.message()) {
			case "MessageTooLong" ->
				action.equals("SendMessageBatch") ? Limits.batchTooLong() : Limits.messageTooLong();
			case "InvalidMessageContents" -> new SqsError("InvalidMessageContents",
					"Invalid binary character was found in the message body or in an attribute, the set of allowed "
							+ "characters is #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF].");
			case "TooManyEntriesInBatchRequest" ->
				new SqsError(error.type(), "Maximum number of entries per request are 10.");
			case "BatchEntryIdsNotDistinct" ->
				new SqsError(error.type(), "Two or more batch entries in the request have the same Id.");
			default -> byKind(action, error);
		};
	}

	private static SqsError byKind(String action, SqsError error) {
		// It goes on with the request itself.
		if (error.message().startsWith(MALFORMED)) {
			return new SqsError("SerializationException", "The request is no JSON of this action.");
		}
		if (error.message().startsWith(MISSING)) {
			return new SqsError("MissingParameter", error.message());
		}
		if (action.equals("CreateQueue") && error.type().equals("InvalidAttributeName")) {
			return SqsError.invalidValue(error.message());
		}
		if (action.startsWith("SendMessage") && error.type().equals("InvalidAttributeValue")) {
			return SqsError.invalidValue(error.message());
		}
		return error;
	}

	private static SqsError invalidHandle(String action, JsonNode requested) {
		String handle = requested.path("ReceiptHandle").asText();
		if (!SqsExchange.isIssued(requested)) {
			return new SqsError("ReceiptHandleIsInvalid",
					"The input receipt handle \"%s\" is not a valid receipt handle.".formatted(handle));
		}
		return SqsError.invalidValue("Value %s for parameter ReceiptHandle is invalid. Reason: %s".formatted(handle,
				action.startsWith("Delete") ? "The receipt handle has expired."
						: "Message does not exist or is not available for visibility timeout change."));
	}

}
