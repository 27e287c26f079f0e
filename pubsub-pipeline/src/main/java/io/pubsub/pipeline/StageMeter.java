package io.pubsub.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what becomes of the elements in a stage, and measures the time that its function
 * takes. Quick calls are measured now and then only: a look at the clock would take
 * longer than they do. Safe for use by many threads.
 */
final class StageMeter {

	/**
	 * How many quick calls are not measured after one that was.
	 */
	static final int UNTIMED_CALLS = 31;

	/**
	 * How many elements a step hands on before it tells that it goes on.
	 */
	static final int REPORTED_ELEMENTS = 256;

	private static final long SLOW_NANOS = 20_000;

	private final LongAdder done = new LongAdder();

	private final LongAdder dropped = new LongAdder();

	private final LongAdder dead = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder retried = new LongAdder();

	private final LongAdder measured = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	void done() {
		this.done.increment();
	}

	void dropped() {
		this.dropped.increment();
	}

	void dead() {
		this.dead.increment();
	}

	void failed() {
		this.failed.increment();
	}

	void retried() {
		this.retried.increment();
	}

	/**
	 * Adds a measured call.
	 * @param time the time that it took, in nanoseconds
	 * @return {@code true} if it was so slow that the next one should be measured too
	 */
	boolean time(long time) {
		this.measured.increment();
		this.nanos.add(time);
		return time > SLOW_NANOS;
	}

	/**
	 * What was counted until now.
	 * @param name the name of the stage
	 * @param kind the kind of the stage
	 * @param next the names of the stages behind it
	 * @param waiting the elements that wait in front of it or in its batches
	 * @param atWork the elements that its function is called with
	 * @param longestAtWork the time of the longest of these calls
	 * @return the statistics
	 */
	StageStatistics statistics(String name, String kind, List<String> next, long waiting, int atWork,
			Duration longestAtWork) {
		long calls = this.measured.sum();
		Duration time = Duration.ofNanos(this.nanos.sum());
		Duration mean = (calls > 0) ? time.dividedBy(calls) : Duration.ZERO;
		return new StageStatistics(name, kind, next, waiting, atWork, this.done.sum(), this.dropped.sum(),
				this.dead.sum(), this.failed.sum(), this.retried.sum(), calls, time, mean, longestAtWork);
	}

}
