package io.pubsub.idempotency;

/**
 * Thrown when an {@link Expiry} makes no sense.
 */
public final class InvalidExpiryException extends IllegalArgumentException {

	InvalidExpiryException(String message) {
		super(message);
	}

}
