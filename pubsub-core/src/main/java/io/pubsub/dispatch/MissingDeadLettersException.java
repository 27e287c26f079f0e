package io.pubsub.dispatch;

/**
 * Thrown when a dispatcher is to make dead letters, or to limit them, and has no place
 * for them.
 *
 * @since 0.1.0
 */
public final class MissingDeadLettersException extends IllegalStateException {

	MissingDeadLettersException(String purpose) {
		super(purpose + ", but there is no place for them");
	}

}
