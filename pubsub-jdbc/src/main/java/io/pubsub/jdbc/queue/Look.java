package io.pubsub.jdbc.queue;

import org.jspecify.annotations.Nullable;

/**
 * What a cheap look at a queue shows.
 *
 * @param input the state of its input
 * @param owner the process that has closed it, or whose producer failed
 * @param reason the reason of that failure
 * @param changedAt the time at which the state of the input was changed
 * @param due whether a message may be claimed
 * @param expired whether a claim has expired
 * @param outstanding whether a message waits, not behind another one, or is at work
 */
record Look(QueueState.Input input, @Nullable String owner, @Nullable String reason, long changedAt, boolean due,
		boolean expired, boolean outstanding) {

	/**
	 * Whether all that was to come has come and is done with.
	 * @return {@code true} if so
	 */
	boolean isEnd() {
		return this.input == QueueState.Input.CLOSED && !this.outstanding;
	}

}
