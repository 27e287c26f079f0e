package io.pubsub.aws.faults;

import io.pubsub.MediaTypes;
import io.pubsub.MessageSchema;
import jakarta.validation.constraints.PositiveOrZero;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * What the daemons of the tests handle.
 *
 * @param number tells it from all others
 */
@MessageSchema
record Parcel(@PositiveOrZero int number) {

	static final MediaTypes MEDIA_TYPES = new MediaTypes("example");

	/**
	 * Returns the body of a message.
	 * @param number the number of the parcel
	 * @return JSON
	 */
	static String body(int number) {
		return "{\"mediaType\": \"%s\", \"opaqueData\": {}, \"number\": %d}".formatted(MEDIA_TYPES.of(Parcel.class),
				number);
	}

	static SendMessageBatchRequestEntry message(int number) {
		return SendMessageBatchRequestEntry.builder().messageBody(body(number)).build();
	}

}
