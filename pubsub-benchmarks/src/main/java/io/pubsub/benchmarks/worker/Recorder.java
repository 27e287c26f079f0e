package io.pubsub.benchmarks.worker;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import io.pubsub.benchmarks.consume.Handling;
import io.pubsub.benchmarks.scenario.Job;
import io.pubsub.benchmarks.scenario.Order;

/**
 * The handler: takes as long as the scenario says, and notes what came.
 */
final class Recorder implements Handling {

	private final AtomicInteger done = new AtomicInteger();

	private final AtomicInteger duplicates = new AtomicInteger();

	private final CountDownLatch finished = new CountDownLatch(1);

	private final Job job;

	private final Stopwatch stopwatch;

	private final AtomicIntegerArray deliveries;

	private final long[] ages;

	Recorder(Job job, Stopwatch stopwatch) {
		this.job = job;
		this.stopwatch = stopwatch;
		this.deliveries = new AtomicIntegerArray(job.total());
		this.ages = new long[job.total()];
	}

	@Override
	public void handle(Order order) throws InterruptedException {
		int sequence = order.sequence();
		if (!isFirst(sequence)) {
			return;
		}
		this.ages[sequence] = order.age();
		Duration time = this.job.scenario().handlingTime(sequence);
		if (!time.isZero()) {
			TimeUnit.MILLISECONDS.sleep(time.toMillis());
		}
		count(this.done.incrementAndGet());
	}

	/**
	 * Notes that a message was acknowledged.
	 * @param sequence the number of the message
	 */
	void acknowledged(int sequence) {
		if (isFirst(sequence)) {
			count(this.done.incrementAndGet());
		}
	}

	private boolean isFirst(int sequence) {
		boolean first = this.deliveries.getAndIncrement(sequence) == 0;
		if (!first) {
			this.duplicates.incrementAndGet();
		}
		return first;
	}

	private void count(int done) {
		if (done == this.job.warmUp()) {
			this.stopwatch.begin();
		}
		if (done == this.job.total()) {
			this.stopwatch.end();
			this.finished.countDown();
		}
	}

	void await() throws InterruptedException {
		if (!this.finished.await(this.job.timeoutSeconds(), TimeUnit.SECONDS)) {
			System.err.printf("%d of %d messages were handled within %d s%n", done(), this.job.total(),
					this.job.timeoutSeconds());
		}
	}

	int done() {
		return this.done.get();
	}

	int duplicates() {
		return this.duplicates.get();
	}

	// Those of the warm-up excepted.
	long[] latencies() {
		return Arrays.copyOfRange(this.ages, this.job.warmUp(), this.ages.length);
	}

}
