package io.pubsub.pipeline;

import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * A place for a bounded number of elements; whoever brings more waits. It counts all that
 * have ever come and gone, so that a run can tell whether something is under way. Safe
 * for use by many threads.
 */
abstract class Place {

	/** The lock of all that this knows. */
	protected final ReentrantLock lock = new ReentrantLock();

	/** Those who wait for space. */
	protected final Waiters space;

	private final int capacity;

	@GuardedBy("lock")
	private long entered;

	@GuardedBy("lock")
	private long finished;

	/**
	 * Makes a place that is empty.
	 * @param capacity the number of elements from which on whoever brings more waits
	 * @param run the run
	 */
	Place(int capacity, Run run) {
		this.capacity = capacity;
		this.space = new Waiters(this.lock, run.crew());
	}

	/**
	 * Waits while there is no space.
	 * @param lineage the lineage of the element that is brought
	 * @param carrier the calling carrier
	 * @return {@code false} if the element was over before there was space
	 */
	@GuardedBy("lock")
	protected final boolean awaitSpace(Lineage lineage, Carrier carrier) {
		// Looked at under the lock, or whoever wakes all up might come before.
		boolean wanted = !lineage.isOver();
		while (wanted && size() >= this.capacity) {
			wanted = carrier.await(this.space, lineage);
		}
		return wanted;
	}

	@GuardedBy("lock")
	protected final void countEntered() {
		this.entered++;
	}

	@GuardedBy("lock")
	protected final void countFinished(int elements) {
		this.finished += elements;
	}

	/**
	 * The elements that have come and not gone.
	 * @return the number
	 */
	@GuardedBy("lock")
	protected final int size() {
		return (int) (this.entered - this.finished);
	}

	/**
	 * Whether those who wait should be woken up now.
	 * @param dry whether nothing is left to do here until somebody brings more
	 * @return {@code true} if so: for each element would be too often
	 */
	@GuardedBy("lock")
	protected final boolean shouldWake(boolean dry) {
		return !this.space.isEmpty() && (dry || size() <= this.capacity / 2);
	}

	/**
	 * Wakes up all that wait for space, to look whether they still want it.
	 */
	final void wake() {
		this.lock.lock();
		try {
			this.space.wakeAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The elements that have ever come.
	 * @return the number
	 */
	final long entered() {
		this.lock.lock();
		try {
			return this.entered;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The elements that have ever gone.
	 * @return the number
	 */
	final long finished() {
		this.lock.lock();
		try {
			return this.finished;
		}
		finally {
			this.lock.unlock();
		}
	}

}
