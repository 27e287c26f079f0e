package io.pubsub.local;

import org.jspecify.annotations.Nullable;

/**
 * The {@link LocalBroker} could not start, or could not do what it was asked for. The
 * message says what to change.
 */
public class LocalBrokerException extends RuntimeException {

	LocalBrokerException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
