package io.pubsub.aws.sqs;

import java.time.Duration;

/**
 * The time, and what is to be done later.
 */
interface Timekeeper extends AutoCloseable {

	/**
	 * The time on a clock that only ever goes forward, also while this process is stopped
	 * or frozen or collects garbage. Whether it goes on while the machine is suspended is
	 * up to the operating system; Linux stops it.
	 * @return nanoseconds since some moment
	 */
	long nanos();

	/**
	 * Does something later, on a thread of its own.
	 * @param delay when
	 * @param task what, quick and without blocking
	 * @return {@code false} if it will not be done because this was closed
	 */
	boolean after(Duration delay, Runnable task);

	/**
	 * Forgets everything that was to be done.
	 */
	@Override
	void close();

}
