package io.pubsub.benchmarks.pipeline;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * The sink of the batches. Safe for use by many threads.
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
	 * Return the number of counts that have come.
	 * @return the number
	 */
	public long written() {
		return this.written.sum();
	}

}
