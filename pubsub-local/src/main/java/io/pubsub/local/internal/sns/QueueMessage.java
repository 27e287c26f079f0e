package io.pubsub.local.internal.sns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeNameForSends;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * A notification as one queue gets it.
 *
 * @param notificationId message id of the notification
 * @param body the envelope, or the message itself
 * @param attributes the SQS message attributes
 * @param groupId the message group, if the queue is to know it
 * @param deduplicationId the deduplication id, if the queue is FIFO
 * @param traceHeader the trace that the message belongs to, if it has one
 */
record QueueMessage(String notificationId, String body, Map<String, MessageAttributeValue> attributes,
		@Nullable String groupId, @Nullable String deduplicationId, @Nullable String traceHeader) {

	static final int MOST_ATTRIBUTES = 10;

	// SQS takes no more in one call; bytes are estimated from above.
	private static final int LARGEST_BATCH = 1_048_576;

	private static final int MOST_BYTES_OF_A_CHAR = 3;

	static Map<String, MessageAttributeValue> toSqs(Map<String, MessageAttribute> attributes) {
		return attributes.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> toSqs(entry.getValue())));
	}

	private static MessageAttributeValue toSqs(MessageAttribute attribute) {
		return MessageAttributeValue.builder()
			.dataType(attribute.dataType())
			.stringValue(attribute.text())
			.binaryValue(attribute.bytes())
			.build();
	}

	// Split messages so that SQS takes each part in one call.
	static List<List<QueueMessage>> batches(List<QueueMessage> messages) {
		List<List<QueueMessage>> batches = new ArrayList<>();
		List<QueueMessage> batch = new ArrayList<>();
		long size = 0;
		for (QueueMessage message : messages) {
			if (!batch.isEmpty() && size + message.sizeAtMost() > LARGEST_BATCH) {
				batches.add(batch);
				batch = new ArrayList<>();
				size = 0;
			}
			batch.add(message);
			size += message.sizeAtMost();
		}
		if (!batch.isEmpty()) {
			batches.add(batch);
		}
		return batches;
	}

	private long sizeAtMost() {
		return (long) this.body.length() * MOST_BYTES_OF_A_CHAR;
	}

	Map<MessageSystemAttributeNameForSends, MessageSystemAttributeValue> systemAttributes() {
		return (this.traceHeader == null) ? Map.of() : Map.of(MessageSystemAttributeNameForSends.AWS_TRACE_HEADER,
				MessageSystemAttributeValue.builder().dataType("String").stringValue(this.traceHeader).build());
	}

	SendMessageBatchRequestEntry toEntry(int index) {
		return SendMessageBatchRequestEntry.builder()
			.id(String.valueOf(index))
			.messageBody(this.body)
			.messageAttributes(this.attributes)
			.messageSystemAttributes(systemAttributes())
			.messageGroupId(this.groupId)
			.messageDeduplicationId(this.deduplicationId)
			.build();
	}

}
