package io.pubsub.transport;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.pubsub.InvalidSettingException;
import io.pubsub.internal.DurationText;
import io.pubsub.internal.RetryDelay;

/**
 * How long a message that was handed back waits for its next delivery, when nobody asked
 * for a certain delay.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BackoffPolicy {

	/**
	 * The longest delay that SQS permits: 12 hours.
	 */
	Duration LONGEST_DELAY = RetryDelay.LONGEST;

	/**
	 * The policy of sources that are given no other: {@linkplain #exponential
	 * exponential} from 1 s to 15 min.
	 */
	BackoffPolicy DEFAULT = exponential(Duration.ofSeconds(1), Duration.ofMinutes(15));

	/**
	 * The delay after a failed delivery.
	 * @param attempt the number of the delivery that failed, from 1
	 * @return the delay, from zero to {@link #LONGEST_DELAY}
	 */
	Duration delay(int attempt);

	/**
	 * The same delay after every failure.
	 * @param delay the delay, from zero to {@link #LONGEST_DELAY}
	 * @return the policy
	 * @throws InvalidSettingException if the delay is outside of these
	 */
	static BackoffPolicy fixed(Duration delay) {
		check(!delay.isNegative() && delay.compareTo(LONGEST_DELAY) <= 0, "delay",
				"a fixed back-off must be between 0s and 12h, not " + DurationText.of(delay));
		return (attempt) -> delay;
	}

	/**
	 * A random delay between zero and a limit that starts at the base and doubles with
	 * every failure: the full jitter that keeps many consumers from coming back at once.
	 * @param base the limit after the first failure, at least 1 ms
	 * @param max the highest limit, at most {@link #LONGEST_DELAY}
	 * @return the policy
	 * @throws InvalidSettingException if one of these is outside of its limits
	 */
	static BackoffPolicy exponential(Duration base, Duration max) {
		BackoffPolicy limits = doubling(base, max);
		return (attempt) -> {
			long limit = limits.delay(attempt).toMillis();
			return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limit + 1));
		};
	}

	/**
	 * A delay that starts at the base and doubles with every failure, the same for all,
	 * for what must never come back sooner.
	 * @param base the delay after the first failure, at least 1 ms; what is less than
	 * whole milliseconds does not count
	 * @param max the longest delay, at most {@link #LONGEST_DELAY}
	 * @return the policy
	 * @throws InvalidSettingException if one of these is outside of its limits
	 */
	static BackoffPolicy doubling(Duration base, Duration max) {
		check(base.toMillis() > 0, "base",
				"the base of an exponential back-off must be at least 1ms, not " + DurationText.of(base));
		check(max.compareTo(base) >= 0, "max",
				"the max of an exponential back-off must not be shorter than its base, but " + DurationText.of(max)
						+ " is shorter than " + DurationText.of(base));
		check(max.compareTo(LONGEST_DELAY) <= 0, "max",
				"the max of an exponential back-off must be at most 12h, not " + DurationText.of(max));
		return (attempt) -> Duration.ofMillis(doubled(base.toMillis(), max.toMillis(), attempt));
	}

	private static long doubled(long base, long max, int attempt) {
		int doublings = Math.max(attempt, 1) - 1;
		boolean overflows = doublings >= Long.numberOfLeadingZeros(base) - 1;
		return overflows ? max : Math.min(base << doublings, max);
	}

	private static void check(boolean condition, String setting, String message) {
		if (!condition) {
			throw new InvalidSettingException(BackoffPolicy.class, setting, message);
		}
	}

}
