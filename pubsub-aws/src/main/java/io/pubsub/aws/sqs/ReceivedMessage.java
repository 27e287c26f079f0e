package io.pubsub.aws.sqs;

import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import io.pubsub.internal.ForeignNumber;
import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * What SQS says of a message it hands over.
 *
 * @param receipt the receipt that it takes to settle the message
 * @param content the message, unopened
 * @param attempt the number of this delivery, from 1
 */
record ReceivedMessage(Receipt receipt, InboundMessage content, int attempt) {

	/**
	 * Reads a message.
	 * @param message the message
	 * @param receivedAt the time at which it was received
	 * @param visibility the time for which it is ours from then on
	 * @return the message; its binary attributes are Base64 text
	 */
	static ReceivedMessage read(Message message, long receivedAt, Visibility visibility) {
		Map<MessageSystemAttributeName, String> system = message.attributes();
		Long count = ForeignNumber.of(system.get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT), 1,
				Integer.MAX_VALUE);
		Long sent = ForeignNumber.of(system.get(MessageSystemAttributeName.SENT_TIMESTAMP), 0, Long.MAX_VALUE);
		InboundMessage content = new InboundMessage(message.messageId(), text(message.body()),
				attributes(message.messageAttributes()), system.get(MessageSystemAttributeName.MESSAGE_GROUP_ID),
				(sent != null) ? Instant.ofEpochMilli(sent) : null);
		Receipt receipt = new Receipt(message.messageId(), message.receiptHandle(), receivedAt, visibility);
		return new ReceivedMessage(receipt, content, (count != null) ? count.intValue() : 1);
	}

	private static Map<String, String> attributes(Map<String, MessageAttributeValue> attributes) {
		if (attributes.isEmpty()) {
			return Map.of();
		}
		Map<String, String> texts = new HashMap<>();
		attributes.forEach((name, value) -> texts.put(name, text(value)));
		return texts;
	}

	private static String text(MessageAttributeValue value) {
		SdkBytes binary = value.binaryValue();
		return (binary != null) ? Base64.getEncoder().encodeToString(binary.asByteArray()) : text(value.stringValue());
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
