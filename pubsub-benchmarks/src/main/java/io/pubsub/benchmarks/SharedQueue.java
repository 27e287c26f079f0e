package io.pubsub.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

import io.pubsub.benchmarks.measurement.Measurement;
import io.pubsub.benchmarks.process.ChildJvm;
import io.pubsub.benchmarks.process.Signal;
import io.pubsub.benchmarks.scenario.Job;
import io.pubsub.benchmarks.worker.WorkerApplication;

/**
 * Measures how fast several processes work off a queue, by what is left on it.
 */
final class SharedQueue implements AutoCloseable {

	private static final long PAUSE_MILLIS = 20;

	private final List<ChildJvm> processes = new ArrayList<>();

	private final Job job;

	private final IntSupplier left;

	private final long deadline;

	/**
	 * Make a measurement.
	 * @param job the job of each process
	 * @param left the number of messages that are left on the queue, counted now
	 */
	SharedQueue(Job job, IntSupplier left) {
		this.job = job;
		this.left = left;
		this.deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(job.timeoutSeconds());
	}

	/**
	 * Start the processes, and measure from when they are warm until nothing is left.
	 * @param options the options of their JVMs
	 * @param start the time that a process may take to start
	 * @return the measurement, which knows the messages and the time only
	 * @throws InterruptedException if the thread is interrupted
	 */
	Measurement measure(List<String> options, Duration start) throws InterruptedException {
		for (int i = 0; i < this.job.contender().processes(); i++) {
			this.processes.add(ChildJvm.start(WorkerApplication.class, options, this.job.toArgument()));
		}
		for (ChildJvm process : this.processes) {
			process.await(Signal.READY, start);
		}
		int measured = await(this.job.messages());
		long begin = System.nanoTime();
		await(0);
		long nanos = System.nanoTime() - begin;
		this.processes.forEach((process) -> process.output().forEach(System.err::println));
		return new Measurement(measured, 0, measured, nanos, 0, 0, 0, 0, 0, 0, 0);
	}

	private int await(int most) throws InterruptedException {
		int now = this.left.getAsInt();
		while (now > most) {
			if (System.nanoTime() > this.deadline) {
				throw new LostMessagesException(
						"%d messages were left after %d s".formatted(now, this.job.timeoutSeconds()));
			}
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
			now = this.left.getAsInt();
		}
		return now;
	}

	@Override
	public void close() {
		this.processes.forEach(ChildJvm::close);
	}

}
