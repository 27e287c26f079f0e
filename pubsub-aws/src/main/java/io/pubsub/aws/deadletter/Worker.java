package io.pubsub.aws.deadletter;

import java.util.List;

/**
 * Does something with the letters that a sweep has met.
 */
@FunctionalInterface
interface Worker {

	/**
	 * Does it with some letters, and counts them.
	 * @param letters the letters, chosen or not
	 * @param sweep the sweep that has met them
	 * @param tally the tally
	 */
	void work(List<Held> letters, Sweep sweep, Tally tally);

}
