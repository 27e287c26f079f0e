package io.pubsub.local;

import org.jspecify.annotations.Nullable;

/**
 * The {@link LocalBroker} could not start, or could not do what it was asked for. The
 * message says what to change.
 *
 * @since 0.1.0
 */
public class LocalBrokerException extends RuntimeException {

	LocalBrokerException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
