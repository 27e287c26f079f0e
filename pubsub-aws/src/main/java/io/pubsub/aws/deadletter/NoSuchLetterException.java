package io.pubsub.aws.deadletter;

import io.pubsub.internal.LogText;

/**
 * Thrown when a letter is not among those that could be received.
 *
 * @since 0.1.0
 */
public final class NoSuchLetterException extends RuntimeException {

	NoSuchLetterException(String id, String queue, int seen, QueueState state) {
		super(("there is no letter %s among the %d of about %d that %s has handed over;"
				+ " about %d others are hidden, because somebody has received them, and come back later."
				+ " The id is that of a message in this queue, as a listing shows it")
			.formatted(LogText.of(id), seen, state.visible(), queue, state.hidden()));
	}

}
