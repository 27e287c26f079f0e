package io.pubsub.pipeline;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Carriers that wait until others have done something. They do not run meanwhile; whoever
 * wakes them up has counted them before, so that there is no moment at which all seems
 * idle while one is about to go on. Guarded by the lock that it is made of.
 */
final class Waiters {

	private final Condition condition;

	private final Crew crew;

	private int waiting;

	private long wakings;

	/**
	 * Makes a place to wait, where nobody is.
	 * @param lock the lock that whoever calls this holds
	 * @param crew the crew of the run
	 */
	Waiters(ReentrantLock lock, Crew crew) {
		this.condition = lock.newCondition();
		this.crew = crew;
	}

	boolean isEmpty() {
		return this.waiting == 0;
	}

	/**
	 * Waits for the next waking. It may come back earlier: the caller looks again.
	 * @throws InterruptedException if the carrier was interrupted
	 */
	@SuppressWarnings("WaitNotInLoop") // the caller looks again
	void await() throws InterruptedException {
		long before = begin();
		try {
			this.condition.await();
		}
		finally {
			end(before);
		}
	}

	/**
	 * Waits for the next waking as {@link #await()} does, through interrupts.
	 */
	@SuppressWarnings("WaitNotInLoop") // the caller looks again
	void awaitUninterruptibly() {
		long before = begin();
		this.condition.awaitUninterruptibly();
		end(before);
	}

	private long begin() {
		this.waiting++;
		this.crew.paused();
		return this.wakings;
	}

	// Nobody has counted one that was interrupted.
	private void end(long before) {
		if (this.wakings == before) {
			this.waiting--;
			this.crew.resumed();
		}
	}

	/**
	 * Wakes up all that wait.
	 */
	void wakeAll() {
		this.wakings++;
		for (; this.waiting > 0; this.waiting--) {
			this.crew.resumed();
		}
		this.condition.signalAll();
	}

}
