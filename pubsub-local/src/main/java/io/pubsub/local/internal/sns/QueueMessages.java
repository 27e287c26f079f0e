package io.pubsub.local.internal.sns;

import java.util.Map;

import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Turns notifications into what a subscribed queue gets.
 */
final class QueueMessages {

	private final Envelope envelope;

	QueueMessages(Envelope envelope) {
		this.envelope = envelope;
	}

	QueueMessage create(Topic topic, Subscription subscription, Notification notification) {
		PublishRequest request = notification.request();
		boolean fifoQueue = Arns.isFifo(subscription.queueArn());
		// A standard queue may know the group (fair queues), but not from a FIFO topic.
		boolean grouped = fifoQueue == topic.attributes().isFifo();
		boolean raw = subscription.attributes().isRaw();
		String body = raw ? request.body()
				: this.envelope.render(notification, subscription, topic.attributes().signatureVersion());
		Map<String, MessageAttributeValue> attributes = raw ? QueueMessage.toSqs(request.attributes()) : Map.of();
		return new QueueMessage(notification.id(), body, attributes, grouped ? request.groupId() : null,
				fifoQueue ? request.effectiveDeduplicationId() : null, request.traceHeader());
	}

}
