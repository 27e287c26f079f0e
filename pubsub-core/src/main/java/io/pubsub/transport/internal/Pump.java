package io.pubsub.transport.internal;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work that looks at the current state of things and does what is due, run by one thread
 * at a time and never from within itself.
 * <p>
 * Whoever comes while it runs returns at once, and has it run once more afterwards: what
 * changed before {@link #run()} was called is seen. Safe for use by many threads.
 */
public final class Pump implements Runnable {

	private final AtomicInteger wanted = new AtomicInteger();

	private final Runnable work;

	/**
	 * Makes a pump.
	 * @param work the work, which must not throw
	 */
	public Pump(Runnable work) {
		this.work = work;
	}

	@Override
	public void run() {
		if (this.wanted.getAndIncrement() != 0) {
			return;
		}
		int served = 1;
		do {
			this.work.run();
			served = this.wanted.addAndGet(-served);
		}
		while (served != 0);
	}

}
