package io.pubsub.aws.topology;

/**
 * A setting of the service that may have to be changed for its queues and topics.
 *
 * @since 0.1.0
 */
public enum Setting {

	/** The address of what is consumed. */
	SOURCE,

	/** The time that a receive waits. */
	POLL_WAIT,

	/** The time for which a message is hidden. */
	VISIBILITY_TIMEOUT,

	/** The region that is asked. */
	REGION

}
