package io.pubsub.benchmarks.worker;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.pubsub.benchmarks.client.RequestCounter;
import io.pubsub.benchmarks.measurement.Measurement;
import io.pubsub.benchmarks.pipeline.Messages;
import io.pubsub.benchmarks.pipeline.Pipelines;
import io.pubsub.benchmarks.pipeline.Setup;
import io.pubsub.benchmarks.pipeline.Sink;
import io.pubsub.benchmarks.pipeline.Tap;
import io.pubsub.benchmarks.process.Signal;
import io.pubsub.benchmarks.scenario.Job;

/**
 * Measures a contender that takes messages apart, with a source and a sink in memory:
 * first with as many messages as may be in flight, then with some that come alone.
 */
final class Piping {

	private static final int ALONE = 10;

	private final Semaphore acknowledgedAlone = new Semaphore(0);

	private final Sink sink = new Sink();

	private final Job job;

	private final Stopwatch stopwatch;

	private final Recorder recorder;

	private final Tap tap;

	private Piping(Job job) {
		this.job = job;
		this.stopwatch = new Stopwatch(new RequestCounter());
		this.recorder = new Recorder(job, this.stopwatch);
		this.tap = new Tap(job.total(), job.concurrency(), this::acknowledged);
	}

	static Measurement measure(Job job) throws InterruptedException {
		return new Piping(job).measure();
	}

	private Measurement measure() throws InterruptedException {
		Signal.READY.send("");
		Pipelines.start(this.job.contender(), new Setup(new Messages(), this.tap, this.sink));
		this.recorder.await();
		int elements = this.job.scenario().elements();
		int done = this.recorder.done();
		if (this.sink.written() < (long) done * elements) {
			throw new IllegalStateException("%d messages were acknowledged, but only %d of their elements were written"
				.formatted(done, this.sink.written()));
		}
		long[] alone = (done == this.job.total()) ? alone() : new long[0];
		return this.stopwatch.measurement(done, this.recorder.duplicates(), this.job.messages() * elements, alone);
	}

	private void acknowledged(int sequence) {
		if (sequence < this.job.total()) {
			this.recorder.acknowledged(sequence);
		}
		else {
			this.acknowledgedAlone.release();
		}
	}

	// In microseconds, from the source to the acknowledgement.
	private long[] alone() throws InterruptedException {
		long[] times = new long[ALONE];
		for (int i = 0; i < ALONE; i++) {
			long begun = System.nanoTime();
			this.tap.handOutAlone();
			if (!this.acknowledgedAlone.tryAcquire(this.job.timeoutSeconds(), TimeUnit.SECONDS)) {
				throw new IllegalStateException("a message that came alone was not acknowledged within %d s"
					.formatted(this.job.timeoutSeconds()));
			}
			times[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
		}
		return times;
	}

}
