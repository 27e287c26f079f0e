package io.pubsub.aws.sqs;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts failures in a row, so that the first is a warning, the others are details and
 * the end is told.
 */
final class FailureStreak {

	private final AtomicInteger length = new AtomicInteger();

	/**
	 * One more failure.
	 * @return how many there were in a row, from 1
	 */
	int failed() {
		return this.length.incrementAndGet();
	}

	/**
	 * A success.
	 * @return how many failures came before it in a row
	 */
	int ended() {
		return (this.length.get() == 0) ? 0 : this.length.getAndSet(0);
	}

}
