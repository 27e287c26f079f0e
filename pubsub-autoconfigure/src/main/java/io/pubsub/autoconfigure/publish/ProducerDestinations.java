package io.pubsub.autoconfigure.publish;

import io.pubsub.transport.Destination;

/**
 * The way out for what is produced, with all that stands in front of the destination.
 *
 * @param direct the destination
 * @param waiting the same for callers that wait, outside of handlers
 * @since 0.1.0
 */
public record ProducerDestinations(Destination direct, Destination waiting) {
}
