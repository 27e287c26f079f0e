package io.pubsub.benchmarks.pipeline;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A message whose words are on their way. Safe for use by many threads.
 */
final class Origin {

	private final int sequence;

	private final AtomicInteger left;

	/**
	 * Make an origin.
	 * @param sequence the number of the message
	 * @param words the number of its words
	 */
	Origin(int sequence, int words) {
		this.sequence = sequence;
		this.left = new AtomicInteger(words);
	}

	int sequence() {
		return this.sequence;
	}

	/**
	 * Say that one of the words is in a finished batch.
	 * @return {@code true} if it was the last one, so that the message is to be
	 * acknowledged
	 */
	boolean finishOne() {
		return this.left.decrementAndGet() == 0;
	}

}
