package io.pubsub.local.internal.sns;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Takes messages on behalf of a topic and hands them to its subscriptions. Returns only
 * when they are on the queues.
 */
final class Publisher {

	private final QueueMessages messages;

	private final QueueDelivery delivery;

	private final Clock clock;

	Publisher(QueueMessages messages, QueueDelivery delivery, Clock clock) {
		this.messages = messages;
		this.delivery = delivery;
		this.clock = clock;
	}

	List<Notification> publish(Topic topic, List<PublishRequest> requests) {
		return topic.attributes().isFifo() ? publishInOrder(topic, requests) : publishTogether(topic, requests);
	}

	private List<Notification> publishTogether(Topic topic, List<PublishRequest> requests) {
		List<Notification> notifications = requests.stream().map((request) -> take(request, null)).toList();
		fanOut(topic, notifications);
		return notifications;
	}

	private List<Notification> publishInOrder(Topic topic, List<PublishRequest> requests) {
		return topic
			.inOrder((earlier) -> requests.stream().map((request) -> publishOnce(topic, request, earlier)).toList());
	}

	private Notification publishOnce(Topic topic, PublishRequest request, Deduplication deduplication) {
		String key = topic.attributes().isDeduplicatedByGroup()
				? request.groupId() + " " + request.effectiveDeduplicationId() : request.effectiveDeduplicationId();
		Notification earlier = deduplication.find(key);
		if (earlier != null) {
			return earlier;
		}
		Notification notification = take(request, deduplication.nextSequenceNumber());
		fanOut(topic, List.of(notification));
		deduplication.remember(key, notification);
		return notification;
	}

	private Notification take(PublishRequest request, @Nullable String sequenceNumber) {
		return new Notification(UUID.randomUUID().toString(), request, this.clock.instant(), sequenceNumber);
	}

	private void fanOut(Topic topic, List<Notification> notifications) {
		for (Subscription subscription : topic.subscriptions()) {
			List<QueueMessage> wanted = notifications.stream()
				.filter((notification) -> subscription.attributes().accepts(notification.request()))
				.map((notification) -> this.messages.create(topic, subscription, notification))
				.toList();
			this.delivery.deliver(subscription, wanted);
		}
	}

}
