package io.pubsub.circuit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Has something done later, on another thread.
 */
@FunctionalInterface
public interface Alarm {

	/**
	 * Sets an alarm. It cannot be called off.
	 * @param delay when
	 * @param task the task to run then
	 */
	void after(Duration delay, Runnable task);

	/**
	 * An alarm by the time of the system, which keeps no process alive.
	 * @return the alarm
	 */
	static Alarm system() {
		return (delay, task) -> CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS).execute(task);
	}

}
