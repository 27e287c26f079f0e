package io.pubsub.local;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

/**
 * The options of a queue of the {@link LocalBroker}.
 *
 * @param visibilityTimeout the time for which a received message is hidden, {@code null}
 * for the 30 seconds of SQS
 * @param deadLetterQueue name of the queue that gets what was received too often,
 * {@code null} for none
 * @param maxReceiveCount the number of times that a message is received before it goes to
 * the dead-letter queue
 * @since 0.1.0
 */
public record QueueOptions(@Nullable Duration visibilityTimeout, @Nullable String deadLetterQueue,
		int maxReceiveCount) {

	private static final int MOST_RECEIVES = 1000;

	private static final Duration LONGEST_VISIBILITY_TIMEOUT = Duration.ofHours(12);

	public QueueOptions {
		if (maxReceiveCount < 1 || maxReceiveCount > MOST_RECEIVES) {
			throw new IllegalArgumentException(
					"maxReceiveCount is %d, but SQS takes 1 to %d".formatted(maxReceiveCount, MOST_RECEIVES));
		}
		if (visibilityTimeout != null && !isPermitted(visibilityTimeout)) {
			throw new IllegalArgumentException(
					"visibilityTimeout is %s, but SQS takes whole seconds from 0s to 12h".formatted(visibilityTimeout));
		}
	}

	private static boolean isPermitted(Duration visibilityTimeout) {
		return visibilityTimeout.truncatedTo(ChronoUnit.SECONDS).equals(visibilityTimeout)
				&& !visibilityTimeout.isNegative() && visibilityTimeout.compareTo(LONGEST_VISIBILITY_TIMEOUT) <= 0;
	}

	/**
	 * Return the options of a queue as SQS creates it when nothing is asked for.
	 * @return the defaults of SQS, without a dead-letter queue
	 */
	public static QueueOptions defaults() {
		return new QueueOptions(null, null, MOST_RECEIVES);
	}

	/**
	 * Hide a received message for this long.
	 * @param timeout 0 seconds to 12 hours, in whole seconds
	 * @return the changed options
	 */
	public QueueOptions withVisibilityTimeout(Duration timeout) {
		return new QueueOptions(timeout, this.deadLetterQueue, this.maxReceiveCount);
	}

	/**
	 * Move a message to another queue once it was received too often. That queue is
	 * created if it does not exist.
	 * @param name name of the dead-letter queue
	 * @param maxReceives the number of times that a message is received before it is
	 * moved
	 * @return the changed options
	 */
	public QueueOptions withDeadLetterQueue(String name, int maxReceives) {
		return new QueueOptions(this.visibilityTimeout, name, maxReceives);
	}

}
