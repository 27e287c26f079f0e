package io.pubsub.autoconfigure.doctor;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Knows how long the handlers of a daemon take.
 */
@FunctionalInterface
interface HandlingTimes {

	/**
	 * The longest time of late.
	 * @param daemon the name of the daemon
	 * @return the time; {@code null} if nothing was measured
	 */
	@Nullable Duration longest(String daemon);

}
