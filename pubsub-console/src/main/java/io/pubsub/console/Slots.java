package io.pubsub.console;

import java.time.Duration;
import java.time.Instant;

/**
 * How the time is cut that the console remembers.
 */
final class Slots {

	/**
	 * The length of a slot.
	 */
	static final Duration LENGTH = Duration.ofSeconds(10);

	/**
	 * The number of slots, the one that is not over included.
	 */
	static final int COUNT = 90;

	private Slots() {
	}

	static long at(Instant time) {
		return Math.floorDiv(time.toEpochMilli(), LENGTH.toMillis());
	}

	/**
	 * The oldest slot that is remembered.
	 * @param newest the slot of the present
	 * @return the number of the slot
	 */
	static long oldest(long newest) {
		return newest - COUNT + 1;
	}

	static long millis(long slot) {
		return slot * LENGTH.toMillis();
	}

}
