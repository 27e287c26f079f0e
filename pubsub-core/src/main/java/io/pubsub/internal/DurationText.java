package io.pubsub.internal;

import java.time.Duration;
import java.util.Locale;

/**
 * A duration as people write it, and as properties take it.
 */
public final class DurationText {

	private static final int PREFIX = "PT".length();

	private DurationText() {
	}

	/**
	 * Writes a duration.
	 * @param duration the duration
	 * @return its hours, minutes and seconds, such as {@code 1.204s}, {@code 15m} or
	 * {@code 1h30m}
	 */
	public static String of(Duration duration) {
		return duration.toString().substring(PREFIX).toLowerCase(Locale.ROOT);
	}

}
