package io.pubsub.aws.doctor;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.internal.Shell;
import io.pubsub.aws.topology.ServiceFacts;

/**
 * Whether the topics that are published to are there and take what they get.
 */
final class TopicChecks {

	private TopicChecks() {
	}

	static Stream<Finding> missing(Facts facts) {
		return facts.unseen(Unseen.Kind.MISSING)
			.filter((unseen) -> unseen.action().equals("sns:GetTopicAttributes")
					&& !isForLetters(facts, unseen.resource()))
			.map((unseen) -> Finding.error("topic-missing", "The topic %s does not exist".formatted(unseen.resource()),
					"What is published to it fails, and queues get nothing from it.",
					facts.shell().createTopic(Arn.of(unseen.resource()).name())));
	}

	private static boolean isForLetters(Facts facts, String topic) {
		return facts.service().consumptions().stream().anyMatch((one) -> topic.equals(one.deadLetters()));
	}

	static Stream<Finding> account(Facts facts) {
		List<String> accounts = facts.queues()
			.values()
			.stream()
			.flatMap((queue) -> Stream.ofNullable(Arn.of(queue.arn()).account()))
			.distinct()
			.toList();
		return facts.service()
			.published()
			.keySet()
			.stream()
			.filter((topic) -> ServiceFacts.isTopic(topic) && accounts.size() == 1
					&& !accounts.get(0).equals(Arn.of(topic).account()))
			.map((topic) -> Finding.warning("topic-account",
					"The topic %s is not in the account of the queue, %s".formatted(topic, accounts.get(0)),
					"Publishing needs a policy of that topic which allows it. Often it is the topic of another stage.",
					facts.shell()
						.sns("add-permission --topic-arn %s --label publish-%s --aws-account-id %2$s --action-name Publish"
							.formatted(Shell.quote(topic), accounts.get(0)))
							+ "    # as the account %s, if the topic is the right one"
								.formatted(Arn.of(topic).account())));
	}

	static Stream<Finding> size(Facts facts) {
		int largest = facts.service().maxMessageBytes();
		return published(facts).filter((topic) -> topic.maximumMessageSize() < largest)
			.map((topic) -> Finding.error("topic-size",
					"The topic %s takes %d bytes, but the service publishes up to %d".formatted(topic.arn(),
							topic.maximumMessageSize(), largest),
					"SNS refuses what is larger.",
					facts.shell().setTopic(topic.arn(), "MaximumMessageSize", String.valueOf(largest))));
	}

	static Stream<Finding> unsubscribed(Facts facts) {
		return published(facts).filter((topic) -> topic.listed() && topic.subscriptions().isEmpty())
			.map((topic) -> Finding.warning("topic-unsubscribed",
					"Nobody is subscribed to the topic %s".formatted(topic.arn()),
					"What is published to it is dropped without an error.", subscribing(facts, topic)));
	}

	// Whoever handles what is published is the one that misses it.
	private static String subscribing(Facts facts, TopicFacts topic) {
		return facts.consumed()
			.filter((consumed) -> facts.service()
				.published()
				.getOrDefault(topic.arn(), Set.of())
				.stream()
				.anyMatch(consumed.by()::handles))
			.map((consumed) -> facts.shell().subscribe(topic.arn(), consumed.queue().arn()))
			.findFirst()
			.orElseGet(() -> facts.shell().sns("list-subscriptions-by-topic --topic-arn " + Shell.quote(topic.arn()))
					+ "    # must list the queues of those who are to get it");
	}

	private static Stream<TopicFacts> published(Facts facts) {
		return facts.topics().values().stream().filter((topic) -> facts.service().published().containsKey(topic.arn()));
	}

}
