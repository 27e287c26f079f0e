package io.pubsub.dispatch;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Interrupts a handler that takes too long.
 */
final class HandlingTimeLimit {

	private final Duration limit;

	HandlingTimeLimit(Duration limit) {
		if (limit.isNegative() || limit.isZero()) {
			throw new IllegalArgumentException("the maximum handling time must be positive, not " + limit);
		}
		this.limit = limit;
	}

	/**
	 * Calls, and interrupts the calling thread if that takes longer than the limit.
	 * @param work the call
	 * @param <T> what it returns
	 * @return what it returns
	 * @throws PassedException if the limit was passed, whatever the call made of the
	 * interrupt
	 * @throws Exception what the call throws in time
	 */
	<T> T call(Callable<T> work) throws Exception {
		Watch watch = new Watch(Thread.currentThread());
		CompletableFuture<@Nullable Void> alarm = new CompletableFuture<>();
		CompletableFuture<@Nullable Void> unused = alarm.orTimeout(this.limit.toNanos(), TimeUnit.NANOSECONDS)
			.exceptionally((timeout) -> watch.interrupt());
		try {
			T result = work.call();
			stop(watch, alarm, null);
			return result;
		}
		catch (PassedException ex) {
			throw ex;
		}
		catch (Exception | Error ex) {
			stop(watch, alarm, ex);
			throw ex;
		}
	}

	private void stop(Watch watch, CompletableFuture<@Nullable Void> alarm, @Nullable Throwable consequence)
			throws PassedException {
		alarm.complete(null);
		if (watch.stop()) {
			throw new PassedException(this.limit, consequence);
		}
	}

	/**
	 * Makes sure that a thread is interrupted only while it does the work, and that no
	 * interrupt is left over for what the thread does next.
	 */
	private static final class Watch {

		private final Thread thread;

		private boolean stopped;

		private boolean interrupted;

		Watch(Thread thread) {
			this.thread = thread;
		}

		synchronized @Nullable Void interrupt() {
			if (!this.stopped) {
				this.interrupted = true;
				this.thread.interrupt();
			}
			return null;
		}

		synchronized boolean stop() {
			this.stopped = true;
			if (this.interrupted) {
				Thread.interrupted();
			}
			return this.interrupted;
		}

	}

	/**
	 * Says that a handler took longer than the limit.
	 */
	static final class PassedException extends Exception {

		PassedException(Duration limit, @Nullable Throwable consequence) {
			super("the handler took longer than " + limit, consequence);
		}

	}

}
