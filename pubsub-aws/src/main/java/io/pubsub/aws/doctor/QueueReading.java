package io.pubsub.aws.doctor;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

import io.pubsub.aws.internal.Arn;
import io.pubsub.aws.place.AwsPlace;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Reads queues, and tries out what a consumer does with them.
 */
final class QueueReading {

	private final SqsAsyncClient sqs;

	private final Questions questions;

	private final Duration deadline;

	private final Map<String, QueueFacts> queues = new ConcurrentHashMap<>();

	private final Map<String, QueueFacts> letters = new ConcurrentHashMap<>();

	QueueReading(SqsAsyncClient sqs, Questions questions, Duration deadline) {
		this.sqs = sqs;
		this.questions = questions;
		this.deadline = deadline;
	}

	Map<String, QueueFacts> queues() {
		return this.queues;
	}

	Map<String, QueueFacts> letters() {
		return this.letters;
	}

	/**
	 * Reads a queue that is consumed, and the target of its redrive policy.
	 * @param address the address of the queue
	 * @param next the questions that follow from what the queue is
	 * @return the end
	 */
	CompletableFuture<Boolean> consumed(String address, Function<QueueFacts, CompletableFuture<Boolean>> next) {
		return queue(address, (url) -> Questions.all(Stream.of(attributes(url, address, (queue) -> {
			this.queues.put(address, queue);
			return Questions.all(Stream.of(letters(address, queue), next.apply(queue)));
		}), receiving(url, address), deleting(url, address), hiding(url, address))));
	}

	/**
	 * Finds out whether a queue is there.
	 * @param address the address of the queue
	 * @return the end
	 */
	CompletableFuture<Boolean> exists(String address) {
		return queue(address, (url) -> address.startsWith("http") ? attributes(url, address, (queue) -> Questions.DONE)
				: Questions.DONE);
	}

	private CompletableFuture<Boolean> queue(String address, Function<String, CompletableFuture<Boolean>> next) {
		if (address.startsWith("http")) {
			try {
				AwsPlace.ofQueueUrl(address, String.valueOf(URI.create(address).getHost())).checkFor(this.sqs);
			}
			catch (IllegalArgumentException ex) {
				this.questions.refuse(Unseen.of("sqs:GetQueueAttributes", address, ex));
				return Questions.DONE;
			}
			return next.apply(address);
		}
		Arn arn = Arn.of(address);
		return this.questions.ask("sqs:GetQueueUrl", address, () -> {
			if (address.startsWith("arn:")) {
				AwsPlace.ofArn(address).checkFor(this.sqs);
			}
			return this.sqs.getQueueUrl((request) -> request.queueName(arn.name())
				.queueOwnerAWSAccountId(arn.account())
				.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline)));
		}, (response) -> next.apply(response.queueUrl()));
	}

	private CompletableFuture<Boolean> attributes(String url, String resource,
			Function<QueueFacts, CompletableFuture<Boolean>> next) {
		return this.questions.ask("sqs:GetQueueAttributes", resource,
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

	private CompletableFuture<Boolean> letters(String address, QueueFacts queue) {
		String target = queue.redriveTarget();
		return (target != null) ? queue(target, (url) -> attributes(url, target, (found) -> {
			this.letters.put(address, found);
			return Questions.DONE;
		})) : Questions.DONE;
	}

	private CompletableFuture<Boolean> receiving(String url, String address) {
		return this.questions.tryOut("sqs:ReceiveMessage", address,
				() -> this.sqs.receiveMessage((request) -> request.queueUrl(url)
					// SQS brings ten at most, so that it brings none.
					.maxNumberOfMessages(11)
					.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline))));
	}

	private CompletableFuture<Boolean> deleting(String url, String address) {
		return this.questions.tryOut("sqs:DeleteMessage", address,
				() -> this.sqs.deleteMessage((request) -> request.queueUrl(url)
					.receiptHandle("of-no-message")
					.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline))));
	}

	private CompletableFuture<Boolean> hiding(String url, String address) {
		return this.questions.tryOut("sqs:ChangeMessageVisibility", address,
				() -> this.sqs.changeMessageVisibility((request) -> request.queueUrl(url)
					.receiptHandle("of-no-message")
					.visibilityTimeout(0)
					.overrideConfiguration((timeouts) -> timeouts.apiCallTimeout(this.deadline))));
	}

}
