package io.pubsub.source;

/**
 * The number of messages that may be in flight at the same time.
 * <p>
 * Not safe for use by many threads.
 */
final class PullSlots {

	// Those that wait behind another one of their group take no slots, up to so many.
	private static final int MOST_PARKED = 100;

	private int concurrency;

	private int limit;

	private int parked;

	/**
	 * Makes slots of which none is taken.
	 * @param concurrency the number of slots
	 * @param limit the largest number that whoever runs the source wants, 0 for a pause
	 */
	PullSlots(int concurrency, int limit) {
		this.concurrency = concurrency;
		this.limit = limit;
	}

	void concurrency(int concurrency) {
		this.concurrency = concurrency;
	}

	void limit(int limit) {
		this.limit = limit;
	}

	boolean isPaused() {
		return this.limit == 0;
	}

	void parked() {
		this.parked++;
	}

	void unparked() {
		this.parked--;
	}

	boolean hasParked() {
		return this.parked > 0;
	}

	/**
	 * The number of slots that are free.
	 * @param inFlight the number of messages in flight, with those that are parked
	 * @return the number, not negative
	 */
	int free(int inFlight) {
		int most = Math.min(this.concurrency + Math.min(this.parked, MOST_PARKED), this.limit);
		return Math.max(most - inFlight, 0);
	}

}
