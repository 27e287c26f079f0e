package io.pubsub.internal;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long a message waits for its next delivery, within what a source can do.
 */
public final class RetryDelay {

	/**
	 * The longest delay that SQS permits.
	 */
	public static final Duration LONGEST = Duration.ofHours(12);

	private RetryDelay() {
	}

	/**
	 * Bounds a delay, which may have been computed from something that came from outside.
	 * @param delay the delay that was asked for
	 * @return the nearest one from zero to {@link #LONGEST}; {@code null} for
	 * {@code null}
	 */
	public static @Nullable Duration bounded(@Nullable Duration delay) {
		if (delay == null || delay.isNegative()) {
			return (delay != null) ? Duration.ZERO : null;
		}
		return (delay.compareTo(LONGEST) < 0) ? delay : LONGEST;
	}

}
