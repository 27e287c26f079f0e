package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * {@link Timekeeper} with one daemon thread.
 */
final class ThreadTimekeeper implements Timekeeper {

	private final ScheduledThreadPoolExecutor executor;

	ThreadTimekeeper(String threadName) {
		this.executor = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, threadName);
			thread.setDaemon(true);
			return thread;
		});
	}

	@Override
	public long nanos() {
		return System.nanoTime();
	}

	@Override
	public boolean after(Duration delay, Runnable task) {
		try {
			Future<?> unused = this.executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
