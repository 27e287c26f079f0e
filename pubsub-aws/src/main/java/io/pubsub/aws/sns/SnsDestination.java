package io.pubsub.aws.sns;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

import io.pubsub.aws.batch.BatchSender;
import io.pubsub.aws.place.AwsPlace;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * {@link Destination} whose addresses are the ARNs of SNS topics.
 * <p>
 * It needs the IAM action {@code sns:Publish} and no other: topics are neither looked up
 * nor created. Safe for use by many threads.
 */
public final class SnsDestination implements Destination {

	/**
	 * What a topic takes that is not set to take more, in bytes.
	 */
	public static final int DEFAULT_MAXIMUM_MESSAGE_SIZE = 262_144;

	/**
	 * How long a request may take that is not given another timeout.
	 */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

	// Twice the connections that the client has by default. What comes on top is sent by
	// the threads that bring the answers, which takes longer than if the publisher did.
	private static final int CALLS_IN_FLIGHT = 100;

	// As many as the blocking client has connections by default: it soon gives up to wait
	// for one, and does not try again.
	private static final int WAITING_CALLS = 50;

	private static final Pattern TOPIC_ARN = Pattern.compile("arn:[a-z-]+:sns:[a-z0-9-]+:\\d+:[A-Za-z0-9_.-]+");

	private final SnsAsyncClient client;

	private final BatchSender sender;

	private final @Nullable BatchSender waitingSender;

	private final Duration timeout;

	private final Semaphore waitingCalls = new Semaphore(WAITING_CALLS, true);

	/**
	 * Publishes to topics that take messages of the default size.
	 * @param client the client of SNS
	 */
	public SnsDestination(SnsAsyncClient client) {
		this(client, DEFAULT_MAXIMUM_MESSAGE_SIZE, Map.of());
	}

	/**
	 * Publishes to topics of several sizes.
	 * @param client the client of SNS
	 * @param maximumMessageSize what a topic takes, in bytes
	 * @param topicSizes the {@code MaximumMessageSize} of the topics that are set to take
	 * something else, in bytes, by ARN
	 */
	public SnsDestination(SnsAsyncClient client, int maximumMessageSize, Map<String, Integer> topicSizes) {
		this(client, null, maximumMessageSize, topicSizes, DEFAULT_TIMEOUT);
	}

	/**
	 * Publishes to topics of several sizes. Whoever waits for the answer to a single
	 * message publishes with the blocking client, which needs no other thread.
	 * @param client the client of SNS
	 * @param blocking a blocking client that is configured like the other one;
	 * {@code null} for none
	 * @param maximumMessageSize what a topic takes, in bytes
	 * @param topicSizes the {@code MaximumMessageSize} of the topics that are set to take
	 * something else, in bytes, by ARN
	 * @param timeout how long a request may take, with all its attempts; after that
	 * nobody knows whether its messages were published
	 */
	public SnsDestination(SnsAsyncClient client, @Nullable SnsClient blocking, int maximumMessageSize,
			Map<String, Integer> topicSizes, Duration timeout) {
		this.client = client;
		Map<String, Integer> sizes = Map.copyOf(topicSizes);
		ToIntFunction<String> maxBytes = (topicArn) -> sizes.getOrDefault(topicArn, maximumMessageSize);
		this.sender = new BatchSender(new TopicCall(client, timeout), maxBytes, CALLS_IN_FLIGHT);
		this.waitingSender = (blocking != null)
				? new BatchSender(new WaitingTopicCall(blocking, timeout), maxBytes, WAITING_CALLS) : null;
		this.timeout = timeout;
	}

	/**
	 * Finds out early whether an address can be right. Topics are not looked up.
	 * @param topicArn the ARN of a topic
	 * @throws IllegalArgumentException if it is none, or of another region than the one
	 * that the client asks, which has no endpoint of its own
	 */
	public void check(String topicArn) {
		if (!TOPIC_ARN.matcher(topicArn).matches()) {
			throw new IllegalArgumentException(
					"'%s' is not the ARN of an SNS topic (arn:aws:sns:region:account:name)".formatted(topicArn));
		}
		AwsPlace.ofArn(topicArn).checkFor(this.client);
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		return this.sender.publish(messages);
	}

	@Override
	public List<PublishResult> publishAndWait(List<OutboundMessage> messages)
			throws InterruptedException, ExecutionException {
		if (this.waitingSender == null || messages.size() != 1) {
			return publish(messages).get();
		}
		List<PublishResult> results;
		if (!this.waitingCalls.tryAcquire(this.timeout.toNanos(), TimeUnit.NANOSECONDS)) {
			return List.of(PublishResult.failed(TopicFailures.busy(messages.get(0).address(), this.timeout)));
		}
		try {
			results = this.waitingSender.publish(messages).get();
		}
		finally {
			this.waitingCalls.release();
		}
		if (results.stream().map(PublishResult::failure).anyMatch(SnsDestination::isInterrupted)) {
			throw new InterruptedException();
		}
		return results;
	}

	private static boolean isInterrupted(@Nullable Exception failure) {
		return failure != null && failure.getCause() instanceof AbortedException;
	}

}
