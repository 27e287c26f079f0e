package io.pubsub.transport.internal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import io.pubsub.transport.BackoffPolicy;

/**
 * Failures in a row: the first is a warning, the others are details, and their end is
 * told. The pause after them goes from 1 s to 30 s, doubling, and is random in its upper
 * half, so that many instances do not come back together.
 * <p>
 * Safe for use by many threads.
 */
public final class FailureStreak {

	private static final BackoffPolicy LIMITS = BackoffPolicy.doubling(Duration.ofSeconds(2), Duration.ofSeconds(30));

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
		long limit = LIMITS.delay(this.length.get()).toMillis();
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limit / 2, limit + 1));
	}

}
