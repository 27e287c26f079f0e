package io.pubsub.dispatch;

/**
 * The rule for messages that have no handler here.
 *
 * @since 0.1.0
 */
public enum Unhandled {

	/** It is acknowledged, and so it is gone from the queue. */
	ACK,

	/**
	 * It is handed back, for somebody else to handle, with a delay that grows from 2 s to
	 * 15 min. Each receive counts for the redrive policy of the queue.
	 */
	NACK,

	/**
	 * It is sent to the dead-letter destination, and acknowledged when it arrived there.
	 */
	DEAD_LETTER

}
