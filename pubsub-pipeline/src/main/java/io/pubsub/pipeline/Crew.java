package io.pubsub.pipeline;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The carriers of a {@link Run} and their threads. Safe for use by many threads.
 */
final class Crew {

	private static final Logger logger = LoggerFactory.getLogger(Crew.class);

	private final Set<Carrier> carriers = ConcurrentHashMap.newKeySet();

	// Carriers that have been called for and have not gone, but for those that pause.
	private final AtomicInteger running = new AtomicInteger();

	private final String pipeline;

	private final ExecutorService threads;

	/**
	 * Makes a crew without carriers.
	 * @param pipeline the name of the pipeline
	 * @param threadFactory the factory of the threads
	 */
	Crew(String pipeline, ThreadFactory threadFactory) {
		this.pipeline = pipeline;
		this.threads = Executors.newCachedThreadPool(threadFactory);
	}

	/**
	 * Has a thread do some work. After the end of the run, nothing is done.
	 * @param work the work
	 * @return {@code false} if there is no thread for it now
	 */
	boolean execute(Runnable work) {
		this.running.incrementAndGet();
		try {
			this.threads.execute(() -> runAndCount(work));
			return true;
		}
		catch (RejectedExecutionException ex) {
			this.running.decrementAndGet();
			return this.threads.isShutdown();
		}
		catch (OutOfMemoryError ex) {
			this.running.decrementAndGet();
			logger.error("There is no thread for the pipeline {}: it waits for one", this.pipeline, ex);
			return false;
		}
	}

	private void runAndCount(Runnable work) {
		try {
			work.run();
		}
		finally {
			this.running.decrementAndGet();
		}
	}

	/**
	 * Says that a carrier waits, for a time to come or for others.
	 */
	void paused() {
		this.running.decrementAndGet();
	}

	/**
	 * Says that a carrier that has waited is about to go on.
	 */
	void resumed() {
		this.running.incrementAndGet();
	}

	/**
	 * Whether nothing happens before somebody brings something, or a time comes.
	 * @return {@code true} if so at this moment
	 */
	boolean isIdle() {
		return this.running.get() == 0;
	}

	void board(Carrier carrier) {
		this.carriers.add(carrier);
	}

	void disembark(Carrier carrier) {
		this.carriers.remove(carrier);
	}

	Collection<Carrier> carriers() {
		return this.carriers;
	}

	/**
	 * Ends the threads. Those that do not come to their end are interrupted.
	 * @param nanos the time to wait for them, in nanoseconds
	 * @throws InterruptedException if the calling thread was interrupted: it waits no
	 * longer
	 */
	void dismiss(long nanos) throws InterruptedException {
		this.threads.shutdown();
		if (!this.threads.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
			dismissNow();
		}
	}

	/**
	 * Ends the threads, and interrupts those at work.
	 */
	void dismissNow() {
		this.threads.shutdownNow();
	}

}
