package io.pubsub.source;

import java.time.Duration;

import io.pubsub.internal.DurationText;

/**
 * The time after which a feed that gave nothing new is asked again: it doubles from call
 * to call, until something comes.
 *
 * @param shortest the first interval
 * @param longest the longest interval
 */
record PollInterval(Duration shortest, Duration longest) {

	PollInterval {
		check(shortest.toMillis() > 0,
				"the poll interval of a feed must be at least 1ms, not " + DurationText.of(shortest));
		check(longest.compareTo(shortest) >= 0, "the longest poll interval of a feed must be at least the shortest, %s,"
			.formatted(DurationText.of(shortest)) + " not " + DurationText.of(longest));
	}

	/**
	 * The interval that follows another one.
	 * @param interval the interval before
	 * @return the next one
	 */
	Duration after(Duration interval) {
		Duration doubled = interval.multipliedBy(2);
		return (doubled.compareTo(this.longest) < 0) ? doubled : this.longest;
	}

	private static void check(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
