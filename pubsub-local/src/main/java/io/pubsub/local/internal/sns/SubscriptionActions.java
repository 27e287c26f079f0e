package io.pubsub.local.internal.sns;

import java.util.Map;

import io.pubsub.local.internal.xml.Xml;

/**
 * The actions on subscriptions.
 */
final class SubscriptionActions {

	private static final String TOPIC_ARN = "TopicArn";

	private static final String SUBSCRIPTION_ARN = "SubscriptionArn";

	private static final String NEXT_TOKEN = "NextToken";

	private final Topics topics;

	SubscriptionActions(Topics topics) {
		this.topics = topics;
	}

	Map<String, Action> actions() {
		return Map.of("Subscribe", this::subscribe, "Unsubscribe", this::unsubscribe, "ListSubscriptions", this::list,
				"ListSubscriptionsByTopic", this::listByTopic, "GetSubscriptionAttributes", this::getAttributes,
				"SetSubscriptionAttributes", this::setAttributes, "ConfirmSubscription", this::confirm);
	}

	private void subscribe(Parameters request, Xml result) {
		String topicArn = request.require(TOPIC_ARN);
		String protocol = request.require("Protocol");
		if (!protocol.equals("sqs")) {
			throw SnsException.invalidParameter(
					"Amazon SNS does not support this protocol string: %s; this broker delivers to sqs only"
						.formatted(protocol));
		}
		Subscription subscription = this.topics.subscribe(topicArn, request.require("Endpoint"), request.attributes());
		result.element(SUBSCRIPTION_ARN, subscription.arn());
	}

	// A queue of the same account is confirmed at once, and no token was ever sent.
	private void confirm(Parameters request, Xml result) {
		this.topics.require(TOPIC_ARN, request.require(TOPIC_ARN));
		request.require("Token");
		throw SnsException.invalidParameter("Token");
	}

	private void unsubscribe(Parameters request, Xml result) {
		this.topics.unsubscribe(request.require(SUBSCRIPTION_ARN));
	}

	private void list(Parameters request, Xml result) {
		write(this.topics.listSubscriptions(request.get(NEXT_TOKEN)), result);
	}

	private void listByTopic(Parameters request, Xml result) {
		Topic topic = this.topics.require(TOPIC_ARN, request.require(TOPIC_ARN));
		write(this.topics.listSubscriptions(topic, request.get(NEXT_TOKEN)), result);
	}

	private static void write(Page<Subscription> page, Xml result) {
		result.element("Subscriptions",
				() -> page.values()
					.forEach((subscription) -> result.element("member",
							() -> result.element(TOPIC_ARN, subscription.topicArn())
								.element("Protocol", "sqs")
								.element(SUBSCRIPTION_ARN, subscription.arn())
								.element("Owner", Arns.ACCOUNT)
								.element("Endpoint", subscription.queueArn()))));
		result.element(NEXT_TOKEN, page.nextToken());
	}

	private void getAttributes(Parameters request, Xml result) {
		result.attributes(require(request).described());
	}

	private void setAttributes(Parameters request, Xml result) {
		String value = request.get("AttributeValue");
		this.topics.change(require(request), request.require("AttributeName"), (value != null) ? value : "");
	}

	private Subscription require(Parameters request) {
		return this.topics.requireSubscription(request.require(SUBSCRIPTION_ARN));
	}

}
