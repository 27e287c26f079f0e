package io.pubsub.transport;

/**
 * How a delivery ended.
 *
 * @since 0.1.0
 */
public enum Settlement {

	/** Acknowledged: the message is gone from the source. */
	ACKED,

	/** Handed back: the source delivers the message again. */
	NACKED,

	/**
	 * Neither could be carried out while the message was ours: the source delivers it
	 * again, at a time of its own.
	 */
	LOST

}
