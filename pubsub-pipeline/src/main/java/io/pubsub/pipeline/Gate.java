package io.pubsub.pipeline;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Lets a number of elements in at the same time; whoever brings more waits. Safe for use
 * by many threads.
 */
final class Gate implements Counted {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition space = this.lock.newCondition();

	private final int capacity;

	@GuardedBy("lock")
	private long entered;

	@GuardedBy("lock")
	private long finished;

	Gate(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Lets an element in.
	 * @param lineage its lineage
	 * @param carrier the calling carrier
	 * @return {@code false} if it was over before there was room
	 */
	boolean enter(Lineage lineage, Carrier carrier) {
		this.lock.lock();
		try {
			boolean wanted = !lineage.isOver();
			while (wanted && this.entered - this.finished >= this.capacity) {
				wanted = carrier.await(this.space, lineage);
			}
			if (wanted) {
				this.entered++;
			}
			else {
				// The place that it may have been woken for is somebody else's.
				this.space.signal();
			}
			return wanted;
		}
		finally {
			this.lock.unlock();
		}
	}

	void leave() {
		this.lock.lock();
		try {
			this.finished++;
			this.space.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void wake() {
		this.lock.lock();
		try {
			this.space.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public long entered() {
		this.lock.lock();
		try {
			return this.entered;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public long finished() {
		this.lock.lock();
		try {
			return this.finished;
		}
		finally {
			this.lock.unlock();
		}
	}

}
