package io.pubsub.publish;

import io.pubsub.transport.Destination;

/**
 * The use that a producer makes of a message.
 *
 * @since 0.1.0
 */
public enum ProducerMode {

	/** Publishes. */
	PUBLISH,

	/** Validates, encodes and routes, and logs one line instead of publishing. */
	LOG,

	/** Does nothing. */
	DISCARD;

	/**
	 * The way out for messages in this mode.
	 * @param destination the destination that publishes
	 * @return it, or one that publishes nothing
	 */
	Destination of(Destination destination) {
		return switch (this) {
			case PUBLISH -> destination;
			case LOG -> UnpublishedDestination.logging();
			case DISCARD -> UnpublishedDestination.discarding();
		};
	}

}
