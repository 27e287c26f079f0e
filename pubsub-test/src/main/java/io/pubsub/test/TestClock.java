package io.pubsub.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A {@link Clock} that stands still until a test moves it (AR-33).
 * <p>
 * Safe for use by many threads.
 */
public final class TestClock extends Clock {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final Instant start;

	private final AtomicReference<Instant> now;

	private final List<Runnable> listeners;

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
		this(start, new AtomicReference<>(start), new CopyOnWriteArrayList<>(), ZoneOffset.UTC);
	}

	private TestClock(Instant start, AtomicReference<Instant> now, List<Runnable> listeners, ZoneId zone) {
		this.start = start;
		this.now = now;
		this.listeners = listeners;
		this.zone = zone;
	}

	/**
	 * Moves the clock in one step. What became due meanwhile is delivered before this
	 * returns.
	 * @param duration the time to move by, not negative
	 */
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("a test clock only moves forward, not by " + duration);
		}
		this.now.updateAndGet((instant) -> instant.plus(duration));
		this.listeners.forEach(Runnable::run);
	}

	void reset() {
		this.now.set(this.start);
	}

	void onAdvance(Runnable listener) {
		this.listeners.add(listener);
	}

	@Override
	public Instant instant() {
		return this.now.get();
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
		return new TestClock(this.start, this.now, this.listeners, zone);
	}

}
