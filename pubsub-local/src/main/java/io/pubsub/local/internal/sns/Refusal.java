package io.pubsub.local.internal.sns;

import java.util.Map;

import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Why a queue did not take a message.
 *
 * @param code the error code of SQS
 * @param reason the error message of SQS
 */
record Refusal(String code, String reason) {

	// Return what SNS tells of the refusal on a message in a dead-letter queue.
	Map<String, MessageAttributeValue> attributes() {
		return Map.of("ErrorCode", text(this.code), "ErrorMessage", text(this.reason));
	}

	private static MessageAttributeValue text(String value) {
		return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
	}

}
