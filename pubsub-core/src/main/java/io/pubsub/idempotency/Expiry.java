package io.pubsub.idempotency;

import java.time.Duration;

import io.pubsub.internal.DurationText;

/**
 * The times for which an {@link IdempotencyStore} goes by what it knows.
 *
 * @param lease the time that a claim lasts without news of its owner; longer than a
 * handler takes
 * @param retention the time for which a message counts as handled
 * @since 0.1.0
 */
public record Expiry(Duration lease, Duration retention) {

	public Expiry {
		if (lease.toMillis() <= 0) {
			throw new InvalidExpiryException(
					"the lease of an idempotency key must be at least 1ms, not %s".formatted(DurationText.of(lease)));
		}
		if (retention.compareTo(lease) < 0) {
			throw new InvalidExpiryException(
					"the retention of idempotency keys, %s, must not be shorter than their lease, %s"
						.formatted(DurationText.of(retention), DurationText.of(lease)));
		}
	}

}
