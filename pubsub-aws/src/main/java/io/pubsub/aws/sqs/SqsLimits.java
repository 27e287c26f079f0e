package io.pubsub.aws.sqs;

import java.time.Duration;

import io.pubsub.InvalidSettingException;
import io.pubsub.internal.DurationText;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Receiver;
import org.jspecify.annotations.Nullable;

/**
 * What SQS permits, what we choose within it, and the checks of both: whoever takes such
 * a value, from a property for instance, checks it here. An error names the setting of
 * {@link SqsSourceOptions}.
 *
 * @since 0.1.0
 */
public final class SqsLimits {

	/**
	 * The largest number of messages that can be held beyond those that are worked on.
	 */
	public static final int MAX_PREFETCH = 100_000;

	/**
	 * The longest time that a receive waits at an empty queue.
	 */
	public static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

	/** Messages a receive can bring, and entries a batch can hold. */
	static final int BATCH = 10;

	static final Duration LONGEST_VISIBILITY = BackoffPolicy.LONGEST_DELAY;

	static final Duration DEFAULT_LINGER = Duration.ofMillis(50);

	private static final Duration LONGEST_LINGER = Duration.ofSeconds(5);

	private SqsLimits() {
	}

	/**
	 * Checks the time that a receive waits at an empty queue.
	 * @param pollWait the time
	 * @throws InvalidSettingException unless it is whole seconds, from 1 s to 20 s
	 */
	public static void checkPollWait(Duration pollWait) {
		checkSeconds("pollWait", pollWait, LONGEST_WAIT);
	}

	/**
	 * Checks the time for which a received message is hidden from others.
	 * @param visibilityTimeout the time; {@code null} leaves it to the queue
	 * @throws InvalidSettingException unless it is whole seconds, from 1 s to 12 h
	 */
	public static void checkVisibilityTimeout(@Nullable Duration visibilityTimeout) {
		if (visibilityTimeout != null) {
			checkSeconds("visibilityTimeout", visibilityTimeout, LONGEST_VISIBILITY);
		}
	}

	/**
	 * Checks the time for which a settlement may wait for others to share its request.
	 * @param ackLinger the time
	 * @param visibilityTimeout the time for which a received message is hidden from
	 * others; {@code null} leaves it to the queue
	 * @throws InvalidSettingException unless it is from 0 s to 5 s, and shorter than the
	 * visibility
	 */
	public static void checkLinger(Duration ackLinger, @Nullable Duration visibilityTimeout) {
		checkSetting(!ackLinger.isNegative() && ackLinger.compareTo(LONGEST_LINGER) <= 0, "ackLinger",
				"ackLinger must be from 0s to 5s, not " + DurationText.of(ackLinger));
		if (visibilityTimeout != null) {
			checkSetting(ackLinger.compareTo(visibilityTimeout) < 0, "ackLinger",
					"ackLinger must be shorter than visibilityTimeout, but %s is not shorter than %s"
						.formatted(DurationText.of(ackLinger), DurationText.of(visibilityTimeout)));
		}
	}

	static int checkConcurrency(int concurrency) {
		check(concurrency >= 1 && concurrency <= Receiver.MAX_CONCURRENCY,
				"concurrency must be from 1 to %d, not %d".formatted(Receiver.MAX_CONCURRENCY, concurrency));
		return concurrency;
	}

	static void checkPrefetch(int maxPrefetch) {
		check(maxPrefetch >= 0 && maxPrefetch <= MAX_PREFETCH,
				"maxPrefetch must be from 0 to %d, not %d".formatted(MAX_PREFETCH, maxPrefetch));
	}

	// SQS knows no parts of a second.
	static void checkSeconds(String setting, Duration value, Duration longest) {
		boolean whole = value.equals(Duration.ofSeconds(value.toSeconds()));
		boolean fits = whole && value.toSeconds() >= 1 && value.compareTo(longest) <= 0;
		checkSetting(fits, setting, "%s must be whole seconds from 1s to %s, not %s".formatted(setting,
				DurationText.of(longest), DurationText.of(value)));
	}

	private static void checkSetting(boolean condition, String setting, String message) {
		if (!condition) {
			throw new InvalidSettingException(SqsSourceOptions.class, setting, message);
		}
	}

	static void check(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
