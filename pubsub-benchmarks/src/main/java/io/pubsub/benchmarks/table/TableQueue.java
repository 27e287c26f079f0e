package io.pubsub.benchmarks.table;

import java.util.List;

/**
 * A queue in a database.
 */
public interface TableQueue {

	/**
	 * Put messages.
	 * @param bodies the messages
	 */
	void put(List<String> bodies);

	/**
	 * Begin to work off what is in the queue and what comes, with a handler that does
	 * nothing, until the process ends.
	 */
	void workOff();

	/**
	 * Return the number of messages that are not done with.
	 * @return the number
	 */
	long left();

}
