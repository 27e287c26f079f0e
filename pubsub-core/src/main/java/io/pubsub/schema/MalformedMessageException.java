package io.pubsub.schema;

/**
 * Thrown when the envelope of a message cannot be opened. It says what is wrong and
 * where, and never quotes the message.
 *
 * @since 0.1.0
 */
public final class MalformedMessageException extends RuntimeException {

	/**
	 * Says what is wrong.
	 * @param message the fault and its place, never with the content of the message
	 */
	public MalformedMessageException(String message) {
		super(message);
	}

}
