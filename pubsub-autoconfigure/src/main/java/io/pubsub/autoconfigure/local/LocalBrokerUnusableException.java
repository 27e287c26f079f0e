package io.pubsub.autoconfigure.local;

import io.pubsub.autoconfigure.internal.Actionable;

/**
 * Thrown when the embedded broker is asked for where it cannot or must not be used.
 */
final class LocalBrokerUnusableException extends RuntimeException implements Actionable {

	private final String action;

	LocalBrokerUnusableException(String message, String action) {
		super(message);
		this.action = action;
	}

	@Override
	public String action() {
		return this.action;
	}

}
