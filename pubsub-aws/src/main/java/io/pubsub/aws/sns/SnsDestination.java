package io.pubsub.aws.sns;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import io.pubsub.aws.batch.BatchSender;
import io.pubsub.aws.batch.CallTimer;
import io.pubsub.aws.batch.EntryRules;
import io.pubsub.aws.place.AwsPlace;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * {@link Destination} whose addresses are the ARNs of SNS topics.
 * <p>
 * It needs the IAM action {@code sns:Publish} and no other: topics are neither looked up
 * nor created. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class SnsDestination implements Destination {

	/**
	 * The size of the largest message that a topic takes unless it is set to take more,
	 * in bytes.
	 */
	public static final int DEFAULT_MAXIMUM_MESSAGE_SIZE = 262_144;

	/**
	 * The timeout of a request that is given no other.
	 */
	public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

	// Twice the connections that the client has by default. What comes on top is sent by
	// the threads that bring the answers, which takes longer than if the publisher did.
	private static final int CALLS_IN_FLIGHT = 100;

	private static final Pattern TOPIC_ARN = Pattern.compile("arn:[a-z-]+:sns:[a-z0-9-]+:\\d+:[A-Za-z0-9_.-]+");

	private final SnsAsyncClient client;

	private final BatchSender sender;

	private final EntryRules rules;

	private final @Nullable SnsClient blocking;

	private final Destination waiting;

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
	 * @param maximumMessageSize the size of the largest message that a topic takes, in
	 * bytes
	 * @param topicSizes the {@code MaximumMessageSize} of the topics that are set to take
	 * something else, in bytes, by ARN
	 */
	public SnsDestination(SnsAsyncClient client, int maximumMessageSize, Map<String, Integer> topicSizes) {
		this(client, null, maximumMessageSize, topicSizes, DEFAULT_TIMEOUT);
	}

	/**
	 * Publishes to topics of several sizes. {@link #waiting()} publishes a single message
	 * with the blocking client, which needs no other thread.
	 * @param client the client of SNS
	 * @param blocking a blocking client that goes to the same place; {@code null} for
	 * none
	 * @param maximumMessageSize the size of the largest message that a topic takes, in
	 * bytes
	 * @param topicSizes the {@code MaximumMessageSize} of the topics that are set to take
	 * something else, in bytes, by ARN
	 * @param timeout the time that a request may take, with all its attempts; after that
	 * nobody knows whether its messages were published
	 */
	public SnsDestination(SnsAsyncClient client, @Nullable SnsClient blocking, int maximumMessageSize,
			Map<String, Integer> topicSizes, Duration timeout) {
		this(client, blocking, maximumMessageSize, topicSizes, timeout, Timekeeper.shared());
	}

	/**
	 * Publishes to topics of several sizes, by a certain time.
	 * @param client the client of SNS
	 * @param blocking a blocking client that goes to the same place; {@code null} for
	 * none
	 * @param maximumMessageSize the size of the largest message that a topic takes, in
	 * bytes
	 * @param topicSizes the {@code MaximumMessageSize} of the topics that are set to take
	 * something else, in bytes, by ARN
	 * @param timeout the time that a request may take, with all its attempts; after that
	 * nobody knows whether its messages were published
	 * @param time the timekeeper, for the caller to close when nothing is published any
	 * more
	 */
	public SnsDestination(SnsAsyncClient client, @Nullable SnsClient blocking, int maximumMessageSize,
			Map<String, Integer> topicSizes, Duration timeout, Timekeeper time) {
		this.client = client;
		Map<String, Integer> sizes = Map.copyOf(topicSizes);
		this.rules = EntryRules.ofTopics((topicArn) -> sizes.getOrDefault(topicArn, maximumMessageSize));
		CallTimer timer = new CallTimer(time, timeout);
		this.sender = new BatchSender(new TopicCall(client, timer, timeout), timer, this.rules, CALLS_IN_FLIGHT);
		this.blocking = blocking;
		this.waiting = (blocking != null) ? new WaitingSnsDestination(blocking, this, timeout) : this;
	}

	/**
	 * Finds out early whether an address can be right. Topics are not looked up.
	 * @param topicArn the ARN of a topic
	 * @throws IllegalArgumentException if it is none, or of another region than the one
	 * that a client asks, which has no endpoint of its own
	 */
	public void check(String topicArn) {
		if (!TOPIC_ARN.matcher(topicArn).matches()) {
			throw new IllegalArgumentException(
					"'%s' is not the ARN of an SNS topic (arn:aws:sns:region:account:name)".formatted(topicArn));
		}
		AwsPlace place = AwsPlace.ofArn(topicArn);
		place.checkFor(this.client);
		if (this.blocking != null) {
			place.checkFor(this.blocking);
		}
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		return this.sender.publish(messages);
	}

	@Override
	public Destination waiting() {
		return this.waiting;
	}

	@Override
	public EntryRules rules() {
		return this.rules;
	}

}
