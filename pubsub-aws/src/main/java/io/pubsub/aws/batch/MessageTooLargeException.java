package io.pubsub.aws.batch;

import io.pubsub.transport.OutboundMessage;

/**
 * Says that a message is larger than its address takes. Nothing was sent.
 *
 * @since 0.1.0
 */
public final class MessageTooLargeException extends RuntimeException {

	MessageTooLargeException(OutboundMessage message, int size, int limit) {
		super("%s has %d bytes with its attributes, but %s takes %d: publish a reference to the content instead, as LargeMessageDestination does"
			.formatted(message.mediaType(), size, message.address(), limit));
	}

}
