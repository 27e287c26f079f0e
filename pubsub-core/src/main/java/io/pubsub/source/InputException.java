package io.pubsub.source;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an input cannot be read.
 *
 * @since 0.1.0
 */
public class InputException extends RuntimeException {

	/**
	 * Creates the exception.
	 * @param message the message, which names the input
	 * @param cause the cause, if there is one
	 */
	public InputException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
