package io.pubsub.idempotency;

/**
 * Thrown when an {@link Expiry} makes no sense.
 *
 * @since 0.1.0
 */
public final class InvalidExpiryException extends IllegalArgumentException {

	InvalidExpiryException(String message) {
		super(message);
	}

}
