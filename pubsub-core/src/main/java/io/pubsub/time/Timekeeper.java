package io.pubsub.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;

/**
 * The time, and the tasks that are to be run later.
 * <p>
 * A timekeeper is closed by whoever made it, never by what it was handed to. Safe for use
 * by many threads.
 *
 * @since 0.1.0
 */
public interface Timekeeper extends AutoCloseable {

	/**
	 * The time on a clock that only ever goes forward, also while this process is stopped
	 * or frozen or collects garbage. Whether it goes on while the machine is suspended is
	 * up to the operating system; Linux stops it.
	 * @return nanoseconds since some moment
	 */
	long nanos();

	/**
	 * The time of day, for people and for other machines. It may jump, so
	 * {@link #nanos()} measures how long something takes.
	 * @return the present
	 */
	Instant now();

	/**
	 * The time of day for what wants a {@link Clock}.
	 * @return a clock in UTC that tells what {@link #now()} tells
	 */
	default Clock clock() {
		return new TimekeeperClock(this, ZoneOffset.UTC);
	}

	/**
	 * Runs an action later, on a thread of this timekeeper. An action that throws is
	 * logged.
	 * @param delay the delay; the action runs at once if it is not positive
	 * @param action the action, quick and without blocking
	 * @return the task, which is cancelled already if this timekeeper is closed
	 */
	Task after(Duration delay, Runnable action);

	/**
	 * The end of this timekeeper, for those who wait for one of its tasks.
	 * @return completes when this timekeeper is closed; not for others to complete
	 */
	CompletableFuture<Void> closed();

	/**
	 * Cancels all tasks, and those to come. An action that is running is interrupted, in
	 * case it blocks.
	 */
	@Override
	void close();

	/**
	 * A timekeeper with the clock and the scheduler of this one, for work that ends
	 * earlier: closing it cancels its own tasks and those to come, and interrupts none.
	 * @return the part, for the caller to close; it ends with this timekeeper at the
	 * latest
	 */
	default Timekeeper part() {
		return PartialTimekeeper.of(this);
	}

	/**
	 * The timekeeper of all who are given none: by the clocks of the system, with a
	 * daemon thread that starts with the first task.
	 * @return always the same, which stays open: closing it does nothing
	 */
	static Timekeeper shared() {
		return SystemTimekeeper.SHARED;
	}

	/**
	 * A timekeeper by the clocks of the system, with a daemon thread that starts with the
	 * first task.
	 * @param threadName the name of the thread
	 * @return the timekeeper, for the caller to close
	 */
	static Timekeeper system(String threadName) {
		return system(threadName, Clock.systemUTC());
	}

	/**
	 * A timekeeper that takes the time of day from a clock and everything else from the
	 * system, with a daemon thread that starts with the first task.
	 * @param threadName the name of the thread
	 * @param clock the clock
	 * @return the timekeeper, for the caller to close
	 */
	static Timekeeper system(String threadName, Clock clock) {
		return new SystemTimekeeper(threadName, clock);
	}

	/**
	 * An action that is to be run later.
	 */
	interface Task {

		/**
		 * Calls the action off, unless it has begun or ended.
		 */
		void cancel();

		/**
		 * Whether the action was called off before it began, or refused by a timekeeper
		 * that was closed.
		 * @return {@code true} if it will never run
		 */
		boolean isCancelled();

	}

}
