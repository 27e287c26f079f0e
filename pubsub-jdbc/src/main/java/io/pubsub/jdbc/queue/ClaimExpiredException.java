package io.pubsub.jdbc.queue;

import io.pubsub.internal.LogText;

/**
 * Thrown when a message is settled by somebody whose claim has expired.
 */
final class ClaimExpiredException extends IllegalStateException {

	ClaimExpiredException(String id) {
		super("The claim on message %s has expired, and somebody else may have the message".formatted(LogText.of(id)));
	}

}
