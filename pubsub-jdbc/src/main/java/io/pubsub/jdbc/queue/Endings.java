package io.pubsub.jdbc.queue;

import java.time.Duration;

import io.pubsub.transport.BackoffPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Says what becomes of a claim that is not done with.
 *
 * @param backoff the policy for the delay of a failure
 * @param maxAttempts the number of attempts after which a message is parked
 */
record Endings(BackoffPolicy backoff, int maxAttempts) {

	Ending failed(Claim claim, @Nullable Duration delay) {
		if (claim.attempt() >= this.maxAttempts) {
			return Ending.park(claim, "failed in each of %d attempts".formatted(claim.attempt()));
		}
		return Ending.retry(claim, delay(claim, delay));
	}

	Ending untried(Claim claim, @Nullable Duration delay) {
		return Ending.untried(claim, delay(claim, delay));
	}

	private Duration delay(Claim claim, @Nullable Duration delay) {
		return (delay != null) ? delay : this.backoff.delay(claim.attempt());
	}

}
