package io.pubsub.pipeline;

/**
 * Lets a number of elements in at the same time; whoever brings more waits. Safe for use
 * by many threads.
 */
final class Gate extends Place {

	Gate(int capacity) {
		super(capacity);
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
			boolean wanted = awaitSpace(lineage, carrier);
			if (wanted) {
				countEntered();
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
			countFinished(1);
			this.space.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

}
