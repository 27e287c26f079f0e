package io.pubsub.schema;

/**
 * Thrown by an {@link Envelope} that does not believe the message to come from where it
 * should. It says why, and never quotes the content.
 *
 * @since 0.1.0
 */
public final class UntrustedMessageException extends RuntimeException {

	/**
	 * Says why the message is not trusted.
	 * @param message the reason, never with the content of the message
	 */
	public UntrustedMessageException(String message) {
		super(message);
	}

}
