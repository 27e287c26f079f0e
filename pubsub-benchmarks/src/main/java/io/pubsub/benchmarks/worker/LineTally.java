package io.pubsub.benchmarks.worker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import io.pubsub.benchmarks.consume.LineCounts;
import io.pubsub.benchmarks.scenario.LineFile;

/**
 * Compares the counts of a contender with the lines that were written. Safe for use by
 * many threads.
 */
final class LineTally implements LineCounts {

	private final AtomicInteger wrong = new AtomicInteger();

	private final IntConsumer counted;

	/**
	 * Make a tally.
	 * @param counted the consumer of the number of each object that was counted
	 */
	LineTally(IntConsumer counted) {
		this.counted = counted;
	}

	@Override
	public void write(String key, long lines) {
		LineFile file = LineFile.ofKey(key);
		if (lines != file.lines()) {
			this.wrong.incrementAndGet();
		}
		this.counted.accept(file.sequence());
	}

	/**
	 * Check that all counts were right.
	 * @throws IllegalStateException if any was wrong
	 */
	void check() {
		if (this.wrong.get() > 0) {
			throw new IllegalStateException("the lines of %d objects were counted wrong".formatted(this.wrong.get()));
		}
	}

}
