package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for what ends by itself, but not for ever.
 */
final class Waiting {

	private Waiting() {
	}

	/**
	 * Waits until the future is done, the time is over or the thread is interrupted,
	 * which it then still is.
	 * @param limit the time to wait at most
	 * @param future the future to wait for
	 * @return {@code true} if the future has succeeded
	 */
	static boolean atMost(Duration limit, Future<?> future) {
		try {
			future.get(Math.max(limit.toNanos(), 0), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
