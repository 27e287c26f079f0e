package io.pubsub.benchmarks.pipeline;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the batches go. Safe for use by many threads.
 */
public final class Sink {

	private final LongAdder written = new LongAdder();

	/**
	 * Take a batch.
	 * @param batch the counts
	 */
	void write(List<WordCount> batch) {
		if (batch.size() > Setup.BATCH) {
			throw new IllegalArgumentException("a batch of %d is too large".formatted(batch.size()));
		}
		this.written.add(batch.size());
	}

	/**
	 * Return how many counts have come.
	 * @return the number
	 */
	public long written() {
		return this.written.sum();
	}

}
