package io.pubsub;

/**
 * Thrown by a handler to acknowledge its message as skipped: the handler had nothing to
 * do.
 * <p>
 * It is control flow, so it has no stack trace.
 *
 * @since 0.1.0
 */
public class SkipMessageException extends RuntimeException {

	/**
	 * Gives the message up without failure.
	 * @param reason the reason, never with the content of the message
	 */
	public SkipMessageException(String reason) {
		super(reason, null, false, false);
	}

}
