package io.pubsub.jdbc.queue;

import java.time.Duration;

import io.pubsub.InvalidSettingException;
import io.pubsub.internal.DurationText;
import io.pubsub.transport.BackoffPolicy;

/**
 * The options of an outbox, on which all that use it should agree.
 *
 * @param lease the time for which a message is kept for a process that has died while it
 * published it; living ones extend it. From 1 s to 12 h
 * @param pollInterval the time between two looks for what other processes have left; at
 * least 1 ms. What is committed in a process is published by it at once
 * @param maxAttempts the number of refusals after which a message is parked; from 1
 * @param backoff the policy for the delay after a refusal
 * @param retention the time for which the row of a published message is kept; zero
 * deletes it at once
 * @param continuesAfterParked whether the next message of a group is published when one
 * is parked
 * @since 0.1.0
 */
public record OutboxOptions(Duration lease, Duration pollInterval, int maxAttempts, BackoffPolicy backoff,
		Duration retention, boolean continuesAfterParked) {

	private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

	private static final Duration LONGEST_LEASE = Duration.ofHours(12);

	/**
	 * A lease of 30 s, a look every second, 3 attempts from 1 s to 1 min apart, no
	 * retention, and groups that wait for what is parked.
	 */
	public static final OutboxOptions DEFAULT = new OutboxOptions(Duration.ofSeconds(30), Duration.ofSeconds(1), 3,
			BackoffPolicy.exponential(Duration.ofSeconds(1), Duration.ofMinutes(1)), Duration.ZERO, false);

	public OutboxOptions {
		check(lease.compareTo(SHORTEST_LEASE) >= 0 && lease.compareTo(LONGEST_LEASE) <= 0, "lease",
				"the lease of an outbox must be from 1s to 12h, not " + DurationText.of(lease));
		check(pollInterval.toMillis() > 0, "pollInterval",
				"the poll interval of an outbox must be at least 1ms, not " + DurationText.of(pollInterval));
		check(maxAttempts > 0, "maxAttempts", "a message needs at least 1 attempt, not " + maxAttempts);
		check(!retention.isNegative(), "retention",
				"the retention of an outbox must not be negative: " + DurationText.of(retention));
	}

	private static void check(boolean condition, String setting, String message) {
		if (!condition) {
			throw new InvalidSettingException(OutboxOptions.class, setting, message);
		}
	}

}
