package io.pubsub.dispatch;

/**
 * Thrown when something annotated with {@link io.pubsub.Handles} cannot be a handler.
 */
public class InvalidHandlerException extends RuntimeException {

	InvalidHandlerException(String handler, String problem) {
		super("'%s' cannot be a handler: %s".formatted(handler, problem));
	}

}
