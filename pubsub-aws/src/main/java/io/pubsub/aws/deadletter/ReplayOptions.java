package io.pubsub.aws.deadletter;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.pubsub.daemon.Rate;
import org.jspecify.annotations.Nullable;

/**
 * How letters are replayed. Immutable.
 *
 * @param rate the most letters in a time
 * @param to the URL, ARN or name of the queue that they are sent to; {@code null} for the
 * one that each came from
 * @param max the most letters
 * @param maxReturned the number of letters that may come back while others are replayed;
 * with one more the replay stops
 * @param watch the time after the last letter for which it waits for letters that come
 * back, in whole seconds, up to 20 s
 * @since 0.1.0
 */
public record ReplayOptions(Rate rate, @Nullable String to, int max, int maxReturned, Duration watch) {

	/**
	 * 10 letters in a second, all of them, each to the queue that it came from, until
	 * more than 2 have come back, the last of them within 5 s.
	 */
	public static final ReplayOptions DEFAULTS = new ReplayOptions(new Rate(10, ChronoUnit.SECONDS), null,
			Integer.MAX_VALUE, 2, Duration.ofSeconds(5));

	Duration pauseAfter(int letters) {
		return this.rate.per().getDuration().multipliedBy(letters).dividedBy(this.rate.messages());
	}

}
