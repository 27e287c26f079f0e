package io.pubsub.pipeline;

/**
 * Lets a number of elements in at the same time; whoever brings more waits. Safe for use
 * by many threads.
 */
final class Gate extends Place {

	/**
	 * Makes a gate with nobody inside.
	 * @param capacity the number of elements that are inside at the same time
	 * @param run the run
	 */
	Gate(int capacity, Run run) {
		super(capacity, run);
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
			this.space.wakeAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
