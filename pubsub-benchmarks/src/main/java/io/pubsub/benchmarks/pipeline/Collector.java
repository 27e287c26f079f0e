package io.pubsub.benchmarks.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects counts in batches by their number and by time, and acknowledges. For one
 * thread.
 */
final class Collector {

	private final List<WordCount> batch = new ArrayList<>(Setup.BATCH);

	private final List<Origin> origins = new ArrayList<>(Setup.BATCH);

	private final Sink sink;

	private final Tap tap;

	private long deadline;

	Collector(Sink sink, Tap tap) {
		this.sink = sink;
		this.tap = tap;
	}

	/**
	 * Return the time that the batch may still wait.
	 * @return the time in nanoseconds, without end if the batch is empty
	 */
	long nanosLeft() {
		return this.batch.isEmpty() ? Long.MAX_VALUE : this.deadline - System.nanoTime();
	}

	/**
	 * Add counts, and let the batch go if it is full or its time is over.
	 * @param added the counts, which may be none
	 */
	void add(List<Counted> added) {
		for (Counted counted : added) {
			if (this.batch.isEmpty()) {
				this.deadline = System.nanoTime() + Setup.BATCH_TIME.toNanos();
			}
			this.batch.add(counted.count());
			this.origins.add(counted.origin());
			if (this.batch.size() == Setup.BATCH) {
				letGo();
			}
		}
		if (!this.batch.isEmpty() && nanosLeft() <= 0) {
			letGo();
		}
	}

	private void letGo() {
		this.sink.write(this.batch);
		for (Origin origin : this.origins) {
			if (origin.finishOne()) {
				this.tap.acknowledge(origin.sequence());
			}
		}
		this.batch.clear();
		this.origins.clear();
	}

}
