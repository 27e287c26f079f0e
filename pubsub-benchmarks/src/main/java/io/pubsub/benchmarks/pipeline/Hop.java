package io.pubsub.benchmarks.pipeline;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue between threads, like {@link java.util.concurrent.ArrayBlockingQueue},
 * that is able to hand over several elements at once. For many threads that put, and one
 * that takes.
 *
 * @param <T> the type of the elements
 */
final class Hop<T> {

	private final Queue<T> elements = new ArrayDeque<>();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition filled = this.lock.newCondition();

	private final Condition emptied = this.lock.newCondition();

	private final int capacity;

	private final int chunk;

	/**
	 * Make a queue.
	 * @param capacity the number of elements from which on whoever brings more waits
	 * @param chunk the most elements that are put or taken at once
	 */
	Hop(int capacity, int chunk) {
		this.capacity = capacity;
		this.chunk = chunk;
	}

	/**
	 * Put an element, however many there are.
	 * @param element the element
	 */
	void putUnlimited(T element) {
		this.lock.lock();
		try {
			this.elements.add(element);
			this.filled.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Put elements, and wait while there is no room for them.
	 * @param brought the elements
	 * @throws InterruptedException if the thread is interrupted
	 */
	void put(List<T> brought) throws InterruptedException {
		for (int from = 0; from < brought.size(); from += this.chunk) {
			putChunk(brought, from, Math.min(from + this.chunk, brought.size()));
		}
	}

	private void putChunk(List<T> brought, int from, int to) throws InterruptedException {
		this.lock.lock();
		try {
			while (this.elements.size() >= this.capacity) {
				this.emptied.await();
			}
			for (int i = from; i < to; i++) {
				this.elements.add(brought.get(i));
			}
			this.filled.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take what has gathered, and wait if that is nothing.
	 * @param taken the list that the elements are added to
	 * @param nanos the time to wait, in nanoseconds
	 * @throws InterruptedException if the thread is interrupted
	 */
	void take(List<T> taken, long nanos) throws InterruptedException {
		this.lock.lock();
		try {
			long left = nanos;
			while (this.elements.isEmpty() && left > 0) {
				left = this.filled.awaitNanos(left);
			}
			for (int i = 0; i < this.chunk && !this.elements.isEmpty(); i++) {
				taken.add(this.elements.remove());
				// One each: to wake all that wait for a single place costs more than the
				// place.
				this.emptied.signal();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
