package io.pubsub.aws.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.pubsub.aws.place.AwsPlace;
import io.pubsub.aws.topology.ServiceFacts;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.Subscription;

/**
 * Reads topics, with the subscriptions of the queues that are consumed.
 */
final class TopicReading {

	private final @Nullable SnsAsyncClient sns;

	private final Questions questions;

	private final Predicate<String> consumed;

	private final Duration deadline;

	private final Map<String, TopicFacts> topics = new ConcurrentHashMap<>();

	private final Set<String> asked = ConcurrentHashMap.newKeySet();

	/**
	 * Makes a reading.
	 * @param sns the client; {@code null} if there is none, so that no topic is read
	 * @param questions the questions
	 * @param consumed whether an endpoint is a queue that is consumed
	 * @param deadline the time for a request
	 */
	TopicReading(@Nullable SnsAsyncClient sns, Questions questions, Predicate<String> consumed, Duration deadline) {
		this.sns = sns;
		this.questions = questions;
		this.consumed = consumed;
		this.deadline = deadline;
	}

	Map<String, TopicFacts> topics() {
		return this.topics;
	}

	/**
	 * Reads a topic, unless it was read.
	 * @param arn the ARN of the topic
	 * @return the end
	 */
	CompletableFuture<Boolean> read(String arn) {
		SnsAsyncClient client = this.sns;
		if (client == null || !ServiceFacts.isTopic(arn) || !this.asked.add(arn)) {
			return Questions.DONE;
		}
		return this.questions.ask("sns:GetTopicAttributes", arn, () -> {
			AwsPlace.ofArn(arn).checkFor(client);
			return client.getTopicAttributes((request) -> request.topicArn(arn)
				.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline)));
		}, (response) -> {
			this.topics.put(arn, new TopicFacts(arn, response.attributes(), List.of(), false));
			return subscriptions(client, arn, null, List.of());
		});
	}

	private CompletableFuture<Boolean> subscriptions(SnsAsyncClient client, String arn, @Nullable String page,
			List<Subscription> before) {
		return this.questions.ask("sns:ListSubscriptionsByTopic", arn,
				() -> client.listSubscriptionsByTopic((request) -> request.topicArn(arn)
					.nextToken(page)
					.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline))),
				(response) -> {
					List<Subscription> found = new ArrayList<>(before);
					found.addAll(response.subscriptions());
					String next = response.nextToken();
					return (next != null && !next.isEmpty()) ? subscriptions(client, arn, next, found)
							: describe(client, arn, found);
				});
	}

	private CompletableFuture<Boolean> describe(SnsAsyncClient client, String arn, List<Subscription> found) {
		this.topics.computeIfPresent(arn, (key, topic) -> new TopicFacts(key, topic.attributes(),
				found.stream().map((one) -> facts(one, Map.of())).toList(), true));
		return Questions.all(found.stream()
			.filter((one) -> "sqs".equals(one.protocol()) && one.subscriptionArn().startsWith("arn:")
					&& this.consumed.test(one.endpoint()))
			.map((one) -> this.questions.ask("sns:GetSubscriptionAttributes", one.subscriptionArn(),
					() -> client.getSubscriptionAttributes((request) -> request.subscriptionArn(one.subscriptionArn())
						.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline))),
					(response) -> replace(arn, facts(one, response.attributes())))));
	}

	private CompletableFuture<Boolean> replace(String topicArn, SubscriptionFacts described) {
		this.topics.computeIfPresent(topicArn,
				(key, topic) -> new TopicFacts(key, topic.attributes(),
						topic.subscriptions()
							.stream()
							.map((one) -> one.arn().equals(described.arn()) ? described : one)
							.toList(),
						true));
		return Questions.DONE;
	}

	private static SubscriptionFacts facts(Subscription subscription, Map<String, String> attributes) {
		return new SubscriptionFacts(subscription.subscriptionArn(), subscription.protocol(), subscription.endpoint(),
				attributes);
	}

}
