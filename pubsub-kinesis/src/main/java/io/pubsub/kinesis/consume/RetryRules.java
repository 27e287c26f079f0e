package io.pubsub.kinesis.consume;

import java.time.Duration;

import io.pubsub.transport.BackoffPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How a record that was handed back is tried again: within a time that ends, as it keeps
 * its shard from being done with.
 *
 * @param backoff the delay when nobody asked for a certain one
 * @param maxAttempts the number of attempts at which a receiver gives a record up
 * @param maxTime the time, from the first hand-back on, after which no attempt counts as
 * less than one too many
 */
record RetryRules(BackoffPolicy backoff, int maxAttempts, Duration maxTime) {

	/**
	 * The delay of the next attempt.
	 * @param attempt the number of the attempt that ended
	 * @param asked the delay that was asked for; {@code null} if none was
	 * @param elapsed the time since the first hand-back
	 * @return the delay, which ends within the time for all attempts
	 */
	Duration delay(int attempt, @Nullable Duration asked, Duration elapsed) {
		// From then on, only the place for dead letters is waited for.
		if (isOver(elapsed)) {
			return this.backoff.delay(attempt);
		}
		Duration delay = (asked != null) ? asked : this.backoff.delay(attempt);
		Duration rest = this.maxTime.minus(elapsed);
		return (delay.compareTo(rest) <= 0) ? delay : rest;
	}

	/**
	 * The number of the next attempt.
	 * @param attempts the number of attempts that count
	 * @param elapsed the time since the first hand-back
	 * @return the number; after the time for all attempts one too many
	 */
	int next(int attempts, Duration elapsed) {
		return isOver(elapsed) ? Math.max(attempts + 1, this.maxAttempts + 1) : attempts + 1;
	}

	private boolean isOver(Duration elapsed) {
		return elapsed.compareTo(this.maxTime) >= 0;
	}

}
