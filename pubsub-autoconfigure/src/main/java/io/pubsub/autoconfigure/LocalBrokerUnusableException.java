package io.pubsub.autoconfigure;

/**
 * Thrown when the embedded broker is asked for where it cannot or must not be used.
 */
final class LocalBrokerUnusableException extends RuntimeException {

	private final String action;

	LocalBrokerUnusableException(String message, String action) {
		super(message);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
