package io.pubsub.local.internal.sns;

import java.time.Clock;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * All topics and subscriptions of the broker. Safe for use by several threads.
 */
final class Topics {

	@GuardedBy("this")
	private final NavigableMap<String, Topic> topics = new TreeMap<>();

	@GuardedBy("this")
	private final NavigableMap<String, Subscription> subscriptions = new TreeMap<>();

	private final Clock clock;

	Topics(Clock clock) {
		this.clock = clock;
	}

	synchronized Topic create(String name, Map<String, String> attributes) {
		TopicAttributes requested = TopicAttributes.of(attributes);
		Topic existing = this.topics.get(Arns.topic(name));
		if (existing == null) {
			Topic created = new Topic(name, requested, new Deduplication(this.clock));
			this.topics.put(created.arn(), created);
			return created;
		}
		if (!existing.attributes().agreesWith(requested)) {
			throw SnsException.invalidParameter("Attributes Reason: Topic already exists with different attributes");
		}
		return existing;
	}

	synchronized void delete(String arn) {
		Topic deleted = this.topics.remove(arn);
		if (deleted != null) {
			deleted.subscriptions().forEach((subscription) -> this.subscriptions.remove(subscription.arn()));
			deleted.subscriptions().clear();
		}
	}

	synchronized Topic require(String parameter, String arn) {
		Arns.check(parameter, arn);
		Topic topic = this.topics.get(arn);
		if (topic == null) {
			throw SnsException.notFound("Topic");
		}
		return topic;
	}

	// Tags belong to resources, which have an error of their own.
	synchronized Topic requireResource(String arn) {
		Topic topic = this.topics.get(arn);
		if (topic == null) {
			throw SnsException.resourceNotFound();
		}
		return topic;
	}

	synchronized void change(Topic topic, String attribute, String value) {
		topic.attributes(topic.attributes().with(attribute, value));
		if (attribute.equals(TopicAttributes.POLICY)) {
			topic.permissions().policy(value);
		}
	}

	synchronized Page<Topic> list(@Nullable String nextToken) {
		return Page.of(this.topics, nextToken);
	}

	synchronized Subscription subscribe(String topicArn, String queueArn, Map<String, String> attributes) {
		Topic topic = require("TopicArn", topicArn);
		checkEndpoint(topic, queueArn);
		SubscriptionAttributes requested = SubscriptionAttributes.of(attributes);
		requested.checkDeadLetterQueueOf(queueArn);
		Subscription existing = topic.subscriptionOf(queueArn);
		if (existing == null) {
			Subscription created = new Subscription(topic.arn(), queueArn, requested);
			this.subscriptions.put(created.arn(), created);
			topic.subscriptions().add(created);
			return created;
		}
		if (!existing.attributes().agreesWith(requested)) {
			throw SnsException
				.invalidParameter("Attributes Reason: Subscription already exists with different attributes");
		}
		return existing;
	}

	private static void checkEndpoint(Topic topic, String queueArn) {
		if (!Arns.isQueue(queueArn)) {
			throw SnsException.invalidParameter("SQS endpoint ARN");
		}
		if (Arns.isFifo(queueArn) && !Arns.isFifo(topic.arn())) {
			throw SnsException.invalidParameter("Invalid parameter: Endpoint Reason: "
					+ "FIFO SQS Queues can not be subscribed to standard SNS topics");
		}
	}

	synchronized void unsubscribe(String arn) {
		Arns.check("SubscriptionArn", arn);
		Subscription removed = this.subscriptions.remove(arn);
		if (removed != null) {
			require("TopicArn", removed.topicArn()).subscriptions().remove(removed);
		}
	}

	synchronized Subscription requireSubscription(String arn) {
		Arns.check("SubscriptionArn", arn);
		Subscription subscription = this.subscriptions.get(arn);
		if (subscription == null) {
			throw SnsException.notFound("Subscription");
		}
		return subscription;
	}

	synchronized void change(Subscription subscription, String attribute, String value) {
		SubscriptionAttributes changed = subscription.attributes().with(attribute, value);
		changed.checkDeadLetterQueueOf(subscription.queueArn());
		subscription.attributes(changed);
	}

	synchronized Page<Subscription> listSubscriptions(@Nullable String nextToken) {
		return Page.of(this.subscriptions, nextToken);
	}

	Page<Subscription> listSubscriptions(Topic topic, @Nullable String nextToken) {
		NavigableMap<String, Subscription> ofTopic = new TreeMap<>();
		topic.subscriptions().forEach((subscription) -> ofTopic.put(subscription.arn(), subscription));
		return Page.of(ofTopic, nextToken);
	}

}
