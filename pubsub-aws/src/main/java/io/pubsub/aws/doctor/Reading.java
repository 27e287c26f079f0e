package io.pubsub.aws.doctor;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.pubsub.aws.place.AwsPlace;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * One reading of the facts, whose questions go on side by side.
 */
final class Reading {

	private static final CompletableFuture<Boolean> DONE = CompletableFuture.completedFuture(true);

	private final SqsAsyncClient sqs;

	private final @Nullable SnsAsyncClient sns;

	private final ServiceFacts service;

	private final Duration deadline;

	private final PlaceReading place;

	private final Map<String, QueueFacts> queues = new ConcurrentHashMap<>();

	private final Map<String, QueueFacts> letters = new ConcurrentHashMap<>();

	private final Map<String, TopicFacts> topics = new ConcurrentHashMap<>();

	private final Set<String> askedTopics = ConcurrentHashMap.newKeySet();

	private final Queue<Unseen> unseen = new ConcurrentLinkedQueue<>();

	private final Set<Question> open = ConcurrentHashMap.newKeySet();

	Reading(SqsAsyncClient sqs, @Nullable SnsAsyncClient sns, Clock clock, ServiceFacts service, Duration deadline) {
		this.sqs = sqs;
		this.sns = sns;
		this.service = service;
		this.deadline = deadline;
		this.place = new PlaceReading(sqs, clock);
	}

	Facts read() {
		Stream<CompletableFuture<Boolean>> consumed = this.service.consumptions()
			.stream()
			.map((consumption) -> queue(consumption.queue(), (url) -> consumed(consumption.queue(), url)));
		Stream<CompletableFuture<Boolean>> published = this.service.published().keySet().stream().map(this::topic);
		await(CompletableFuture
			.allOf(Stream.concat(Stream.of(this.place.identify()), Stream.concat(consumed, published))
				.toArray(CompletableFuture<?>[]::new)));
		return new Facts(this.service, this.place.place(), this.queues, this.letters, this.topics,
				List.copyOf(this.unseen));
	}

	private void await(CompletableFuture<?> all) {
		try {
			all.get(this.deadline.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			giveUp("no answer within " + this.deadline.toMillis() + " ms");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			giveUp("interrupted while waiting for the answer");
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("the facts could not be read", ex);
		}
	}

	private void giveUp(String reason) {
		this.open.forEach((question) -> this.unseen
			.add(new Unseen(Unseen.Kind.SILENT, question.action(), question.resource(), reason)));
	}

	private CompletableFuture<Boolean> queue(String address, Function<String, CompletableFuture<Boolean>> next) {
		if (address.startsWith("http")) {
			try {
				AwsPlace.ofQueueUrl(address, String.valueOf(URI.create(address).getHost())).checkFor(this.sqs);
			}
			catch (IllegalArgumentException ex) {
				this.unseen.add(Unseen.of("sqs:GetQueueAttributes", address, ex));
				return DONE;
			}
			return next.apply(address);
		}
		return ask("sqs:GetQueueUrl", address, () -> {
			if (address.startsWith("arn:")) {
				AwsPlace.ofArn(address).checkFor(this.sqs);
			}
			return this.sqs.getQueueUrl((request) -> request.queueName(Shell.name(address))
				.queueOwnerAWSAccountId(account(address))
				.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline)));
		}, (response) -> next.apply(response.queueUrl()));
	}

	private static @Nullable String account(String address) {
		List<String> parts = List.of(address.split(":", -1));
		return address.startsWith("arn:") ? parts.get(parts.size() - 2) : null;
	}

	private CompletableFuture<Boolean> consumed(String address, String url) {
		return all(Stream.of(attributes(url, address, (queue) -> {
			this.queues.put(address, queue);
			return all(Stream.concat(Stream.of(letters(address, queue)),
					queue.policy().topics().stream().map(this::topic)));
		}), refused("sqs:ReceiveMessage", address, () -> this.sqs.receiveMessage((request) -> request.queueUrl(url)
			// SQS brings ten at most, so that it brings none.
			.maxNumberOfMessages(11)
			.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline)))),
				refused("sqs:DeleteMessage", address,
						() -> this.sqs.deleteMessage((request) -> request.queueUrl(url)
							.receiptHandle("of-no-message")
							.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline)))),
				refused("sqs:ChangeMessageVisibility", address,
						() -> this.sqs.changeMessageVisibility((request) -> request.queueUrl(url)
							.receiptHandle("of-no-message")
							.visibilityTimeout(0)
							.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline))))));
	}

	private CompletableFuture<Boolean> letters(String address, QueueFacts queue) {
		String target = queue.redriveTarget();
		return (target != null) ? queue(target, (url) -> attributes(url, target, (found) -> {
			this.letters.put(address, found);
			return DONE;
		})) : DONE;
	}

	private CompletableFuture<Boolean> attributes(String url, String resource,
			Function<QueueFacts, CompletableFuture<Boolean>> next) {
		return ask("sqs:GetQueueAttributes", resource,
				() -> this.sqs.getQueueAttributes((request) -> request.queueUrl(url)
					.attributeNames(QueueAttributeName.ALL)
					.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline))),
				(response) -> next.apply(new QueueFacts(url, attributes(response))));
	}

	private static Map<String, String> attributes(GetQueueAttributesResponse response) {
		Map<String, String> attributes = new HashMap<>(response.attributesAsStrings());
		attributes.values().removeIf(String::isEmpty);
		return attributes;
	}

	private CompletableFuture<Boolean> topic(String arn) {
		SnsAsyncClient client = this.sns;
		if (client == null || !this.askedTopics.add(arn)) {
			return DONE;
		}
		return ask("sns:GetTopicAttributes", arn, () -> {
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
		return ask("sns:ListSubscriptionsByTopic", arn,
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
		return all(found.stream()
			.filter((one) -> "sqs".equals(one.protocol()) && one.subscriptionArn().startsWith("arn:")
					&& isConsumed(one.endpoint()))
			.map((one) -> ask("sns:GetSubscriptionAttributes", one.subscriptionArn(),
					() -> client.getSubscriptionAttributes((request) -> request.subscriptionArn(one.subscriptionArn())
						.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline))),
					(response) -> replace(arn, facts(one, response.attributes())))));
	}

	private boolean isConsumed(String endpoint) {
		return this.service.consumptions()
			.stream()
			.anyMatch((consumption) -> Shell.name(consumption.queue()).equals(Shell.name(endpoint)));
	}

	private CompletableFuture<Boolean> replace(String topicArn, SubscriptionFacts described) {
		this.topics.computeIfPresent(topicArn,
				(key, topic) -> new TopicFacts(key, topic.attributes(),
						topic.subscriptions()
							.stream()
							.map((one) -> one.arn().equals(described.arn()) ? described : one)
							.toList(),
						true));
		return DONE;
	}

	private static SubscriptionFacts facts(Subscription subscription, Map<String, String> attributes) {
		return new SubscriptionFacts(subscription.subscriptionArn(), subscription.protocol(), subscription.endpoint(),
				attributes);
	}

	// A request that cannot succeed: only whether it is denied counts.
	private <T extends SdkResponse> CompletableFuture<Boolean> refused(String action, String resource,
			Supplier<CompletableFuture<T>> call) {
		Question question = new Question(action, resource);
		this.open.add(question);
		return call.get().thenApply((response) -> true).exceptionally((failure) -> {
			Unseen why = Unseen.of(action, resource, failure);
			if (why.kind() == Unseen.Kind.DENIED) {
				this.unseen.add(why);
			}
			return true;
		}).whenComplete((end, failure) -> this.open.remove(question));
	}

	private <T extends SdkResponse> CompletableFuture<Boolean> ask(String action, String resource,
			Supplier<CompletableFuture<T>> call, Function<T, CompletableFuture<Boolean>> next) {
		Question question = new Question(action, resource);
		this.open.add(question);
		return attempt(call).thenCompose((response) -> {
			this.place.note(response);
			this.open.remove(question);
			return next.apply(response);
		}).exceptionally((failure) -> {
			this.open.remove(question);
			this.unseen.add(Unseen.of(action, resource, failure));
			return true;
		});
	}

	private static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> call) {
		try {
			return call.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private static CompletableFuture<Boolean> all(Stream<CompletableFuture<Boolean>> questions) {
		return CompletableFuture.allOf(questions.toArray(CompletableFuture<?>[]::new)).thenApply((end) -> true);
	}

	/**
	 * A question that is not answered yet.
	 *
	 * @param action the IAM action
	 * @param resource the queue, topic or subscription
	 */
	private record Question(String action, String resource) {

	}

}
