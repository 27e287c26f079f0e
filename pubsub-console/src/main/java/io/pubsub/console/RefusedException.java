package io.pubsub.console;

/**
 * What was asked for is not done. The text tells the user why.
 */
final class RefusedException extends RuntimeException {

	private final int status;

	RefusedException(int status, String message) {
		super(message);
		this.status = status;
	}

	int status() {
		return this.status;
	}

}
