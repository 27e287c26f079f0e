package io.pubsub.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Timekeeper} with one daemon thread.
 */
final class SystemTimekeeper implements Timekeeper {

	static final SystemTimekeeper SHARED = new SystemTimekeeper("pubsub-shared-time", Clock.systemUTC());

	private static final Logger logger = LoggerFactory.getLogger(SystemTimekeeper.class);

	// Far enough for any task, and within what the executor can add to the present.
	private static final Duration LONGEST_DELAY = Duration.ofDays(10_000);

	private final CompletableFuture<Void> closed = new CompletableFuture<>();

	private final ScheduledThreadPoolExecutor executor;

	private final Clock clock;

	SystemTimekeeper(String threadName, Clock clock) {
		this.clock = clock.withZone(ZoneOffset.UTC);
		this.executor = new ScheduledThreadPoolExecutor(1, (work) -> {
			Thread thread = new Thread(work, threadName);
			thread.setDaemon(true);
			return thread;
		});
		this.executor.setRemoveOnCancelPolicy(true);
	}

	@Override
	public long nanos() {
		return System.nanoTime();
	}

	@Override
	public Instant now() {
		return this.clock.instant();
	}

	@Override
	public Clock clock() {
		return this.clock;
	}

	@Override
	public Task after(Duration delay, Runnable action) {
		try {
			return new ScheduledTask(this.executor.schedule(() -> run(action), bounded(delay), TimeUnit.NANOSECONDS));
		}
		catch (RejectedExecutionException ex) {
			return new ScheduledTask(cancelled());
		}
	}

	private static long bounded(Duration delay) {
		if (delay.isNegative()) {
			return 0;
		}
		return (delay.compareTo(LONGEST_DELAY) < 0) ? delay.toNanos() : LONGEST_DELAY.toNanos();
	}

	private static void run(Runnable action) {
		try {
			action.run();
		}
		catch (Throwable ex) {
			logger.error("What was to be done at this time failed", ex);
		}
	}

	private static Future<?> cancelled() {
		CompletableFuture<?> cancelled = new CompletableFuture<>();
		cancelled.cancel(false);
		return cancelled;
	}

	@Override
	public CompletableFuture<Void> closed() {
		return this.closed;
	}

	@Override
	public void close() {
		// One user must not stop the time of the others.
		if (this == SHARED) {
			return;
		}
		this.executor.shutdownNow().forEach((task) -> ((Future<?>) task).cancel(false));
		this.closed.complete(null);
	}

	private record ScheduledTask(Future<?> future) implements Task {

		@Override
		public void cancel() {
			this.future.cancel(false);
		}

		@Override
		public boolean isCancelled() {
			return this.future.isCancelled();
		}

	}

}
