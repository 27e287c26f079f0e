package io.pubsub.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The time of day that a {@link Timekeeper} tells, in a time zone.
 */
final class TimekeeperClock extends Clock {

	private final Timekeeper time;

	private final ZoneId zone;

	TimekeeperClock(Timekeeper time, ZoneId zone) {
		this.time = time;
		this.zone = zone;
	}

	@Override
	public Instant instant() {
		return this.time.now();
	}

	@Override
	public ZoneId getZone() {
		return this.zone;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return new TimekeeperClock(this.time, zone);
	}

}
