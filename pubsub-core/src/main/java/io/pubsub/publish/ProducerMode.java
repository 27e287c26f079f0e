package io.pubsub.publish;

/**
 * What a producer does with a message (MC-17, W-MC-20).
 */
public enum ProducerMode {

	/** Publishes. */
	PUBLISH,

	/** Validates, encodes and routes, and logs one line instead of publishing. */
	LOG,

	/** Does nothing. */
	DISCARD

}
