package io.pubsub.aws.sqs;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts failures in a row, so that the first is a warning, the others are details and
 * the end is told.
 */
final class FailureStreak {

	private final AtomicInteger length = new AtomicInteger();

	/**
	 * Counts one more failure.
	 * @return the number of failures in a row, from 1
	 */
	int failed() {
		return this.length.incrementAndGet();
	}

	/**
	 * Ends the streak with a success.
	 * @return the number of failures in a row that came before it
	 */
	int ended() {
		return (this.length.get() == 0) ? 0 : this.length.getAndSet(0);
	}

}
