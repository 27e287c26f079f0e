package io.pubsub.aws.faults;

import java.util.Map;

import io.pubsub.dispatch.DeadLetterReason;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * The kinds of messages that no handler must see.
 */
enum Poison {

	NOT_JSON(DeadLetterReason.MALFORMED, "{\"mediaType\": \"application/json\""),

	NO_OBJECT(DeadLetterReason.MALFORMED, "[1, 2, 3]"),

	NO_MEDIA_TYPE(DeadLetterReason.MALFORMED, "{\"number\": 1}"),

	WRONG_MEDIA_TYPE(DeadLetterReason.MALFORMED, "{\"mediaType\": \"a parcel\", \"number\": 1}"),

	WRONG_OPAQUE_DATA(DeadLetterReason.MALFORMED, parcel("\"opaqueData\": 7, \"number\": 1")),

	NOTIFICATION_OF_TEXT(DeadLetterReason.MALFORMED, "{\"Type\": \"Notification\", \"Message\": \"a parcel\"}"),

	NOTIFICATION_OF_NUMBER(DeadLetterReason.MALFORMED, "{\"Type\": \"Notification\", \"Message\": 1}"),

	CONSTRAINT_VIOLATED(DeadLetterReason.INVALID, parcel("\"number\": -1")),

	WRONG_TYPE(DeadLetterReason.INVALID, parcel("\"number\": \"many\"")),

	/** Nothing is wrong with it but that it was received too often. */
	WORN_OUT(DeadLetterReason.ATTEMPTS, parcel("\"number\": 1000000"));

	/** The attribute with the name of the kind. */
	static final String KIND = "kind";

	private final DeadLetterReason reason;

	private final String body;

	Poison(DeadLetterReason reason, String body) {
		this.reason = reason;
		this.body = body;
	}

	private static String parcel(String fields) {
		return "{\"mediaType\": \"%s\", %s}".formatted(Parcel.MEDIA_TYPES.of(Parcel.class), fields);
	}

	/**
	 * The reason for which a daemon quarantines it.
	 * @return the reason as the dead letter must have it
	 */
	String reason() {
		return this.reason.code();
	}

	SendMessageBatchRequestEntry message() {
		MessageAttributeValue kind = MessageAttributeValue.builder().dataType("String").stringValue(name()).build();
		return SendMessageBatchRequestEntry.builder()
			.messageBody(this.body)
			.messageAttributes(Map.of(KIND, kind))
			.build();
	}

}
