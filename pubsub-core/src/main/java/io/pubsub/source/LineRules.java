package io.pubsub.source;

import java.time.Duration;

import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * The rules for how many lines may be undone, and how often each is tried.
 *
 * @param limit the largest number of undone lines
 * @param backoff the policy for the next delivery of a line
 * @param maxAttempts the largest number of deliveries of a line
 */
record LineRules(int limit, BackoffPolicy backoff, int maxAttempts) {

	LineRules {
		check("limit", limit);
		check("maxAttempts", maxAttempts);
	}

	private static void check(String name, int value) {
		if (value < 1) {
			throw new IllegalArgumentException("the %s of an input must be at least 1, not %d".formatted(name, value));
		}
	}

	boolean isLastAttempt(Delivery delivery) {
		return delivery.attempt() >= this.maxAttempts;
	}

	Duration delay(Delivery delivery, @Nullable Duration asked) {
		return (asked != null) ? asked : this.backoff.delay(delivery.attempt());
	}

}
