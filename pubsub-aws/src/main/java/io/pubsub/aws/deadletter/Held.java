package io.pubsub.aws.deadletter;

import java.util.Map;

import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * A letter that was received and is hidden from others for now.
 *
 * @param letter the letter, without its content
 * @param message the letter as SQS has handed it over
 * @param originId the id that the message had in the queue that it came from
 * @param attributes the attributes that the message had there
 */
record Held(Letter letter, Message message, String originId, Map<String, MessageAttributeValue> attributes) {

	String id() {
		return this.message.messageId();
	}

}
