package io.pubsub;

import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler, or by a step of a pipeline, for a message that it can never
 * handle: the message becomes a dead letter at once, without using up its attempts. Where
 * there is no place for dead letters, it is handed back for the redrive policy of its
 * queue.
 *
 * @since 0.1.0
 */
public class RejectMessageException extends RuntimeException {

	/**
	 * Gives the message up.
	 * @param reason the reason, never with the content of the message
	 */
	public RejectMessageException(String reason) {
		this(reason, null);
	}

	/**
	 * Gives the message up because of an exception.
	 * @param reason the reason, never with the content of the message
	 * @param cause the exception behind it
	 */
	public RejectMessageException(String reason, @Nullable Throwable cause) {
		super(reason, cause);
	}

}
