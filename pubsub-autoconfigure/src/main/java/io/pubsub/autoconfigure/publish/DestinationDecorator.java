package io.pubsub.autoconfigure.publish;

import io.pubsub.transport.Destination;

/**
 * Puts something in front of the destination that the producer publishes to.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DestinationDecorator {

	/**
	 * Decorates.
	 * @param destination the destination
	 * @return the destination that the producer publishes to
	 */
	Destination decorate(Destination destination);

}
