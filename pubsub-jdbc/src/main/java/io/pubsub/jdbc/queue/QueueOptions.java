package io.pubsub.jdbc.queue;

import java.time.Duration;

import io.pubsub.InvalidSettingException;
import io.pubsub.internal.DurationText;

/**
 * The options of a queue, on which all that use it should agree.
 *
 * @param lease the time for which a claim is kept for a process that has died; living
 * ones extend it, three times as often. From 1 s to 12 h
 * @param maxAttempts the number of attempts after which a message that keeps failing is
 * parked, those included that ended with a crash; from 1
 * @param deduplicationWindow the time within which a second message with the same
 * deduplication id is dropped; zero for none
 * @param pollInterval the longest time between two looks at a queue in which nothing is
 * due; at least 1 ms
 * @since 0.1.0
 */
public record QueueOptions(Duration lease, int maxAttempts, Duration deduplicationWindow, Duration pollInterval) {

	private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

	private static final Duration LONGEST_LEASE = Duration.ofHours(12);

	/**
	 * A lease of 30 s, 10 attempts, a window of 5 min and a look every second.
	 */
	public static final QueueOptions DEFAULT = new QueueOptions(Duration.ofSeconds(30), 10, Duration.ofMinutes(5),
			Duration.ofSeconds(1));

	public QueueOptions {
		check(lease.compareTo(SHORTEST_LEASE) >= 0 && lease.compareTo(LONGEST_LEASE) <= 0, "lease",
				"the lease of a queue must be from 1s to 12h, not " + DurationText.of(lease));
		check(maxAttempts > 0, "maxAttempts", "a message needs at least 1 attempt, not " + maxAttempts);
		check(!deduplicationWindow.isNegative(), "deduplicationWindow",
				"the deduplication window of a queue must not be negative: " + DurationText.of(deduplicationWindow));
		check(pollInterval.toMillis() > 0, "pollInterval",
				"the poll interval of a queue must be at least 1ms, not " + DurationText.of(pollInterval));
	}

	private static void check(boolean condition, String setting, String message) {
		if (!condition) {
			throw new InvalidSettingException(QueueOptions.class, setting, message);
		}
	}

}
