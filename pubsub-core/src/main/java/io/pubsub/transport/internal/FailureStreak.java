package io.pubsub.transport.internal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Failures in a row: the first is a warning, the others are details, and their end is
 * told. The pause after them goes from 1 s to 30 s, doubling, and is random in its upper
 * half, so that many instances do not come back together.
 * <p>
 * Safe for use by many threads.
 */
public final class FailureStreak {

	private static final long FIRST_MILLIS = 2_000;

	private static final long LAST_MILLIS = 30_000;

	private static final int MAX_DOUBLINGS = 10;

	private final AtomicInteger length = new AtomicInteger();

	/**
	 * Counts one more failure.
	 * @return the number of failures in a row, from 1
	 */
	public int failed() {
		return this.length.incrementAndGet();
	}

	/**
	 * Ends the streak with a success.
	 * @return the number of failures in a row that came before it
	 */
	public int ended() {
		return (this.length.get() == 0) ? 0 : this.length.getAndSet(0);
	}

	/**
	 * The pause before another attempt.
	 * @return the pause after the failures until now, another one each time
	 */
	public Duration pause() {
		int doublings = Math.min(Math.max(this.length.get() - 1, 0), MAX_DOUBLINGS);
		long limit = Math.min(FIRST_MILLIS << doublings, LAST_MILLIS);
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limit / 2, limit + 1));
	}

}
