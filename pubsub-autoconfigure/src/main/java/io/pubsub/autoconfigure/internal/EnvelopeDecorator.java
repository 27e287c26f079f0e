package io.pubsub.autoconfigure.internal;

import io.pubsub.schema.Envelope;

/**
 * Does something before any envelope opens a message.
 */
@FunctionalInterface
public interface EnvelopeDecorator {

	/**
	 * Decorates.
	 * @param envelope the envelope
	 * @return the envelope that opens messages
	 */
	Envelope decorate(Envelope envelope);

}
