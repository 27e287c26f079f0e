package io.pubsub.aws.sqs;

import java.time.Duration;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.time.Timekeeper;

/**
 * Notices when this process stood still, as after a SIGSTOP, in a frozen container or
 * during a long collection of garbage. What it finds afterwards may have come at the
 * beginning of that.
 * <p>
 * Safe for use by many threads.
 */
final class Stalls {

	private static final Duration TICK = Duration.ofMillis(500);

	// A timer is late on a busy machine too. Shorter stalls make no difference to a
	// visibility.
	private static final long SHORTEST_STALL = Duration.ofMillis(1_500).toNanos();

	private final Timekeeper time;

	@GuardedBy("this")
	private long lastAlive;

	@GuardedBy("this")
	private long stalledFrom;

	@GuardedBy("this")
	private long stalledUntil;

	private Stalls(Timekeeper time) {
		this.time = time;
		this.lastAlive = time.nanos();
		this.stalledFrom = this.lastAlive;
		this.stalledUntil = this.lastAlive;
	}

	/**
	 * Begins to watch, until the timekeeper is closed.
	 * @param time the time, which goes on while the process stands still
	 * @return the watch
	 */
	static Stalls watch(Timekeeper time) {
		Stalls stalls = new Stalls(time);
		stalls.tick();
		return stalls;
	}

	/**
	 * Returns the earliest time at which what is found now may have come.
	 * @param since the earliest time at which it could come
	 * @return the present, or the beginning of the last stall if that ended after
	 * {@code since}, but nothing before {@code since}
	 */
	synchronized long arrival(long since) {
		long now = look();
		if (this.stalledUntil - since <= 0) {
			return now;
		}
		return (this.stalledFrom - since > 0) ? this.stalledFrom : since;
	}

	private void tick() {
		look();
		this.time.after(TICK, this::tick);
	}

	private synchronized long look() {
		long now = this.time.nanos();
		if (now - this.lastAlive >= SHORTEST_STALL) {
			this.stalledFrom = this.lastAlive;
			this.stalledUntil = now;
		}
		this.lastAlive = now;
		return now;
	}

}
