package io.pubsub.autoconfigure.deadletter;

import java.util.Collection;

/**
 * Thrown when it is not clear which queue for dead letters is meant.
 *
 * @since 0.1.0
 */
public final class NoDeadLetterQueueException extends RuntimeException {

	private NoDeadLetterQueueException(String message) {
		super(message);
	}

	static NoDeadLetterQueueException none() {
		return new NoDeadLetterQueueException(
				"This service has no queue for dead letters: pubsub.dead-letter.destination"
						+ " is not set or is a topic, and no queue that it consumes has a redrive policy."
						+ " Name a queue with --queue, by its URL, ARN or name");
	}

	static NoDeadLetterQueueException several(Collection<String> queues) {
		return new NoDeadLetterQueueException(
				"This service has several queues for dead letters. Choose one with --queue: "
						+ String.join(", ", queues));
	}

}
