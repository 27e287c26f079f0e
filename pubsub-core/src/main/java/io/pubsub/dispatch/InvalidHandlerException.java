package io.pubsub.dispatch;

/**
 * Thrown when something annotated with {@link io.pubsub.Handles} cannot be a handler.
 *
 * @since 0.1.0
 */
public class InvalidHandlerException extends RuntimeException {

	/**
	 * Says what is wrong.
	 * @param handler the name of the handler
	 * @param problem the reason why it cannot be one, and the change that would make it
	 * one
	 */
	public InvalidHandlerException(String handler, String problem) {
		super("'%s' cannot be a handler: %s".formatted(handler, problem));
	}

}
