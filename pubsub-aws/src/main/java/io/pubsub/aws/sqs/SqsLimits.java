package io.pubsub.aws.sqs;

import java.time.Duration;

import io.pubsub.internal.DurationText;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Receiver;
import org.jspecify.annotations.Nullable;

/**
 * What SQS permits, what we choose within it, and the checks of both.
 */
final class SqsLimits {

	/** Messages a receive can bring, and entries a batch can hold. */
	static final int BATCH = 10;

	static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

	static final Duration LONGEST_VISIBILITY = Duration.ofHours(12);

	/** That of a queue of which nothing is known or that has none. */
	static final Duration DEFAULT_VISIBILITY = Duration.ofSeconds(30);

	static final Duration DEFAULT_LINGER = Duration.ofMillis(50);

	static final BackoffPolicy DEFAULT_BACKOFF = BackoffPolicy.exponential(Duration.ofSeconds(1),
			Duration.ofMinutes(15));

	// With the highest concurrency, what SQS lets be in flight of a queue.
	private static final int MOST_PREFETCHED = 100_000;

	private static final Duration LONGEST_LINGER = Duration.ofSeconds(5);

	private SqsLimits() {
	}

	static void checkSeconds(String option, Duration value, Duration longest) {
		boolean whole = value.equals(Duration.ofSeconds(value.toSeconds()));
		boolean fits = whole && value.toSeconds() >= 1 && value.compareTo(longest) <= 0;
		check(fits, option + " must be whole seconds from 1s to %s, not %s".formatted(DurationText.of(longest),
				DurationText.of(value)));
	}

	static int checkConcurrency(int concurrency) {
		check(concurrency >= 1 && concurrency <= Receiver.MAX_CONCURRENCY,
				"concurrency must be from 1 to %d, not %d".formatted(Receiver.MAX_CONCURRENCY, concurrency));
		return concurrency;
	}

	static void checkPrefetch(int maxPrefetch) {
		check(maxPrefetch >= 0 && maxPrefetch <= MOST_PREFETCHED,
				"maxPrefetch must be from 0 to %d, not %d".formatted(MOST_PREFETCHED, maxPrefetch));
	}

	static void checkLinger(Duration linger, @Nullable Duration visibilityTimeout) {
		check(!linger.isNegative() && linger.compareTo(LONGEST_LINGER) <= 0,
				"ackLinger must be from 0s to 5s, not " + DurationText.of(linger));
		if (visibilityTimeout != null) {
			check(linger.compareTo(visibilityTimeout) < 0,
					"ackLinger must be shorter than visibilityTimeout, but %s is not shorter than %s"
						.formatted(DurationText.of(linger), DurationText.of(visibilityTimeout)));
		}
	}

	static void check(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
