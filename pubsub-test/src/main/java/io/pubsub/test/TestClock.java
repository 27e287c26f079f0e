package io.pubsub.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.pubsub.time.Timekeeper;

/**
 * A {@link Clock} that stands still until a test moves it.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class TestClock extends Clock {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final Instant start;

	private final TestTime time;

	private final ZoneId zone;

	/**
	 * A clock that stands at the beginning of 2026, UTC.
	 */
	public TestClock() {
		this(START);
	}

	/**
	 * A clock in UTC.
	 * @param start the time at which it starts
	 */
	public TestClock(Instant start) {
		this(start, new TestTime(start), ZoneOffset.UTC);
	}

	private TestClock(Instant start, TestTime time, ZoneId zone) {
		this.start = start;
		this.time = time;
		this.zone = zone;
	}

	/**
	 * Moves the clock. What becomes due meanwhile happens before this returns: the tasks
	 * of its timekeepers each at its time, and what is to be delivered at the end.
	 * @param duration the time to move by, not negative
	 */
	public void advance(Duration duration) {
		this.time.pass(checkForward(duration));
	}

	/**
	 * Moves the clock as if this process stood still meanwhile: what becomes due comes
	 * late, when the clock is advanced the next time.
	 * @param duration the time to move by, not negative
	 */
	public void skip(Duration duration) {
		this.time.skip(checkForward(duration));
	}

	private static Duration checkForward(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("a test clock only moves forward, not by " + duration);
		}
		return duration;
	}

	/**
	 * Makes a timekeeper that tells the time of this clock. Its tasks run in
	 * {@link #advance(Duration)}.
	 * @return the timekeeper
	 */
	public Timekeeper timekeeper() {
		return this.time.timekeeper();
	}

	void reset() {
		this.time.startAt(this.start);
	}

	void onAdvance(Runnable listener) {
		this.time.onAdvance(listener);
	}

	@Override
	public Instant instant() {
		return this.time.now();
	}

	@Override
	public ZoneId getZone() {
		return this.zone;
	}

	/**
	 * The same clock in another zone: to move one is to move both.
	 */
	@Override
	public Clock withZone(ZoneId zone) {
		return new TestClock(this.start, this.time, zone);
	}

}
