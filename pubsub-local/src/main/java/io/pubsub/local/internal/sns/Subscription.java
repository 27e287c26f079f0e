package io.pubsub.local.internal.sns;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A queue that gets what is published to a topic.
 */
final class Subscription {

	private final String arn;

	private final String topicArn;

	private final String queueArn;

	private volatile SubscriptionAttributes attributes;

	Subscription(String topicArn, String queueArn, SubscriptionAttributes attributes) {
		this.arn = topicArn + ":" + UUID.randomUUID();
		this.topicArn = topicArn;
		this.queueArn = queueArn;
		this.attributes = attributes;
	}

	String arn() {
		return this.arn;
	}

	String topicArn() {
		return this.topicArn;
	}

	String queueArn() {
		return this.queueArn;
	}

	SubscriptionAttributes attributes() {
		return this.attributes;
	}

	void attributes(SubscriptionAttributes changed) {
		this.attributes = changed;
	}

	Map<String, String> described() {
		Map<String, String> described = new LinkedHashMap<>();
		described.put("SubscriptionArn", this.arn);
		described.put("TopicArn", this.topicArn);
		described.put("Protocol", "sqs");
		described.put("Endpoint", this.queueArn);
		described.put("Owner", Arns.ACCOUNT);
		described.put("SubscriptionPrincipal", "arn:aws:iam::%s:root".formatted(Arns.ACCOUNT));
		described.put("ConfirmationWasAuthenticated", "true");
		described.put("PendingConfirmation", "false");
		described.putAll(this.attributes.described());
		return described;
	}

	@Override
	public String toString() {
		return this.arn;
	}

}
