package io.pubsub.pipeline;

import java.time.Duration;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.dispatch.HandlingInterruptedException;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * The limit for the time of one call of a function: the call is interrupted, and if that
 * is of no use, given up after a grace.
 */
final class TimeLimit {

	private static final int GRACE_PART = 10;

	private static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);

	private final Duration limit;

	private final StageInfo stage;

	private final Run run;

	private final Overrun overrun;

	@GuardedBy("this")
	private @Nullable Thread thread;

	@GuardedBy("this")
	private Timekeeper.@Nullable Task timer;

	@GuardedBy("this")
	private @Nullable HandlingInterruptedException timeout;

	@GuardedBy("this")
	private boolean abandoned;

	/**
	 * Makes a limit for one call.
	 * @param limit the longest time
	 * @param stage the stage that calls
	 * @param run the run
	 * @param overrun the one to be told if the call is given up
	 */
	TimeLimit(Duration limit, StageInfo stage, Run run, Overrun overrun) {
		this.limit = limit;
		this.stage = stage;
		this.run = run;
		this.overrun = overrun;
	}

	/**
	 * Calls a function on the calling thread.
	 * @param function the function
	 * @param value its argument
	 * @return the result of the function
	 * @throws AbandonedException if the call was given up meanwhile
	 * @throws HandlingInterruptedException if it was interrupted, whatever it made of it
	 * @throws Exception what the function throws otherwise
	 */
	Object apply(Mapper<Object, ?> function, Object value) throws Exception {
		begin();
		Object result;
		try {
			result = function.apply(value);
		}
		catch (Throwable ex) {
			end(ex);
			throw ex;
		}
		end(null);
		return result;
	}

	private synchronized void begin() {
		this.thread = Thread.currentThread();
		this.timer = this.run.after(this.limit, this::interrupt);
	}

	private synchronized void interrupt() {
		Thread thread = this.thread;
		if (thread != null) {
			this.timeout = HandlingInterruptedException
				.timeout("stage %s of pipeline %s".formatted(this.stage.label(), this.run.name()), this.limit);
			thread.interrupt();
			Duration part = this.limit.dividedBy(GRACE_PART);
			this.timer = this.run.after((part.compareTo(SHORTEST_GRACE) > 0) ? part : SHORTEST_GRACE, this::abandon);
		}
	}

	private void abandon() {
		HandlingInterruptedException timeout;
		synchronized (this) {
			timeout = this.timeout;
			if (this.thread == null || timeout == null) {
				return;
			}
			this.abandoned = true;
		}
		this.overrun.abandon(timeout);
	}

	private synchronized void end(@Nullable Throwable consequence) throws Exception {
		this.thread = null;
		if (this.timer != null) {
			this.timer.cancel();
		}
		if (this.timeout != null) {
			Thread.interrupted();
			if (this.abandoned) {
				throw new AbandonedException();
			}
			this.timeout.initCause(consequence);
			throw this.timeout;
		}
	}

	/**
	 * Wants to know when a call is given up.
	 */
	interface Overrun {

		/**
		 * A call goes on although it was interrupted: nobody waits for it any more.
		 * @param timeout the exception that it would have ended with
		 */
		void abandon(Throwable timeout);

	}

}
