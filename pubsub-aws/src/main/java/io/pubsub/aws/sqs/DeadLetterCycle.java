package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Finds out early whether the dead letters of a queue would come back to it, to be
 * received, and to fail, again and again.
 * <p>
 * It needs the IAM actions {@code sqs:GetQueueUrl} and {@code sqs:GetQueueAttributes},
 * for a topic {@code sns:ListSubscriptionsByTopic}. What may not be looked at, or cannot
 * be for now, is taken to lead nowhere. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class DeadLetterCycle {

	private static final Logger logger = LoggerFactory.getLogger(DeadLetterCycle.class);

	// It holds up the start.
	private static final AwsRequestOverrideConfiguration BOUNDED = AwsRequestOverrideConfiguration.builder()
		.apiCallTimeout(Duration.ofSeconds(3))
		.build();

	private final SqsAsyncClient sqs;

	private final QueueAddress source;

	/**
	 * Makes a look-out.
	 * @param sqs the client of SQS
	 * @param source the URL, ARN or name of the queue that is consumed
	 * @throws IllegalArgumentException if it is none of these
	 */
	public DeadLetterCycle(SqsAsyncClient sqs, String source) {
		this.sqs = sqs;
		this.source = QueueAddress.parse(source);
	}

	/**
	 * Refuses a queue for dead letters that is the source itself, or whose own redrive
	 * policy leads to it.
	 * @param destination the URL, ARN or name of the queue
	 * @throws IllegalArgumentException if the letters would come back
	 */
	public void refuseQueue(String destination) {
		CompletableFuture<Facts> asked = look(this.source);
		Facts to = look(QueueAddress.parse(destination)).join();
		Facts from = asked.join();
		if (from.isSameAs(to)) {
			throw new IllegalArgumentException(
					("the dead letters of queue '%s' would go to '%s', which is the same queue;" + " name another one")
						.formatted(this.source, destination));
		}
		if (from.arn() != null && to.redrivePolicy().contains("\"" + from.arn() + "\"")) {
			throw new IllegalArgumentException(("the dead letters of queue '%s' would go to '%s', whose redrive policy"
					+ " leads back; remove that policy, or name another queue")
				.formatted(this.source, destination));
		}
	}

	/**
	 * Refuses a topic for dead letters to which the source is subscribed.
	 * @param sns the client of SNS
	 * @param topicArn the ARN of the topic
	 * @throws IllegalArgumentException if the letters would come back
	 */
	public void refuseTopic(SnsAsyncClient sns, String topicArn) {
		String queueArn = look(this.source).join().arn();
		if (queueArn != null && isSubscribed(sns, topicArn, queueArn)) {
			throw new IllegalArgumentException(
					("the dead letters of queue '%s' would go to the topic '%s', to which the"
							+ " queue is subscribed; name another one, or a queue")
						.formatted(this.source, topicArn));
		}
	}

	private CompletableFuture<Facts> look(QueueAddress address) {
		String arn = address.text().startsWith("arn:") ? address.text() : null;
		return attempt(() -> new QueueResolver(this.sqs, address).url().thenCompose(this::describe), address,
				new Facts(null, arn, ""));
	}

	private CompletableFuture<Facts> describe(String url) {
		GetQueueAttributesRequest request = GetQueueAttributesRequest.builder()
			.queueUrl(url)
			.attributeNames(QueueAttributeName.QUEUE_ARN, QueueAttributeName.REDRIVE_POLICY)
			.overrideConfiguration(BOUNDED)
			.build();
		return attempt(() -> this.sqs.getQueueAttributes(request).thenApply((response) -> facts(url, response)), url,
				new Facts(url, null, ""));
	}

	private static Facts facts(String url, GetQueueAttributesResponse response) {
		return new Facts(url, response.attributes().get(QueueAttributeName.QUEUE_ARN),
				response.attributes().getOrDefault(QueueAttributeName.REDRIVE_POLICY, ""));
	}

	private static boolean isSubscribed(SnsAsyncClient sns, String topicArn, String queueArn) {
		AtomicBoolean subscribed = new AtomicBoolean();
		Consumer<Subscription> look = (subscription) -> subscribed.compareAndSet(false,
				"sqs".equals(subscription.protocol()) && queueArn.equals(subscription.endpoint()));
		return attempt(() -> sns
			.listSubscriptionsByTopicPaginator((request) -> request.topicArn(topicArn).overrideConfiguration(BOUNDED))
			.subscriptions()
			.subscribe(look)
			.thenApply((end) -> subscribed.get()), topicArn, false).join();
	}

	private static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> question, Object what, T unknown) {
		try {
			return question.get().exceptionally((failure) -> unknown(what, failure, unknown));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.completedFuture(unknown(what, ex, unknown));
		}
	}

	private static <T> T unknown(Object what, Throwable failure, T unknown) {
		logger.debug("Cannot find out whether dead letters would come back by {}", what, failure);
		return unknown;
	}

	/**
	 * What is known of a queue.
	 *
	 * @param url its URL, if known
	 * @param arn its ARN, if known
	 * @param redrivePolicy the policy that says where its own dead letters go, as JSON;
	 * empty if that is not known, or nowhere
	 */
	private record Facts(@Nullable String url, @Nullable String arn, String redrivePolicy) {

		boolean isSameAs(Facts other) {
			return (this.url != null && this.url.equals(other.url)) || (this.arn != null && this.arn.equals(other.arn));
		}

	}

}
