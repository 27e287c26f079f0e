package io.pubsub.aws.doctor;

import java.util.List;
import java.util.stream.Stream;

/**
 * Whether the topics that are published to are there and take what they get.
 */
final class TopicChecks {

	private TopicChecks() {
	}

	static Stream<Finding> missing(Facts facts) {
		return facts.unseen(Unseen.Kind.MISSING)
			.filter((unseen) -> unseen.action().equals("sns:GetTopicAttributes"))
			.map((unseen) -> Finding.error("topic-missing", "The topic %s does not exist".formatted(unseen.resource()),
					"What is published to it fails, and queues get nothing from it.",
					Shell.createTopic(Shell.name(unseen.resource()))));
	}

	static Stream<Finding> account(Facts facts) {
		List<String> accounts = facts.queues()
			.values()
			.stream()
			.map((queue) -> account(queue.arn()))
			.distinct()
			.toList();
		return facts.service()
			.published()
			.keySet()
			.stream()
			.filter((topic) -> accounts.size() == 1 && !accounts.contains(account(topic)))
			.map((topic) -> Finding.warning("topic-account",
					"The topic %s is not in the account of the queue, %s".formatted(topic, accounts.get(0)),
					"Publishing needs a policy of that topic which allows it. Often it is the topic of another stage.",
					"aws sns get-topic-attributes --topic-arn %s    # or correct the topics in the configuration of the service"
						.formatted(Shell.quote(topic))));
	}

	private static String account(String arn) {
		List<String> parts = List.of(arn.split(":", -1));
		return (parts.size() > 4) ? parts.get(4) : "";
	}

	static Stream<Finding> size(Facts facts) {
		int largest = facts.service().maxMessageBytes();
		return published(facts).filter((topic) -> topic.maximumMessageSize() < largest)
			.map((topic) -> Finding.error("topic-size",
					"The topic %s takes %d bytes, but the service publishes up to %d".formatted(topic.arn(),
							topic.maximumMessageSize(), largest),
					"SNS refuses what is larger.",
					Shell.setTopic(topic.arn(), "MaximumMessageSize", String.valueOf(largest))));
	}

	static Stream<Finding> unsubscribed(Facts facts) {
		return published(facts).filter((topic) -> topic.listed() && topic.subscriptions().isEmpty())
			.map((topic) -> Finding.warning("topic-unsubscribed",
					"Nobody is subscribed to the topic %s".formatted(topic.arn()),
					"What is published to it is dropped without an error.",
					"aws sns subscribe --topic-arn %s --protocol sqs --notification-endpoint <ARN of the queue>"
						.formatted(Shell.quote(topic.arn()))));
	}

	private static Stream<TopicFacts> published(Facts facts) {
		return facts.topics().values().stream().filter((topic) -> facts.service().published().containsKey(topic.arn()));
	}

}
