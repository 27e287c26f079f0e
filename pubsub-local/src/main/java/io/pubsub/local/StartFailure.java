package io.pubsub.local;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Tells why a server of the broker did not start, and what to do.
 */
final class StartFailure {

	private StartFailure() {
	}

	static LocalBrokerException describe(String server, int port, Throwable failure) {
		if (isBindFailure(failure)) {
			return new LocalBrokerException(
					"Port %d for %s is in use on 127.0.0.1: stop what listens there, or set pubsub.local.%s-port to another port, or to 0 for a free one"
						.formatted(port, server, server.toLowerCase(Locale.ROOT)),
					failure);
		}
		return new LocalBrokerException(
				"%s could not start on port %d of 127.0.0.1: %s".formatted(server, port, failure), failure);
	}

	private static boolean isBindFailure(@Nullable Throwable failure) {
		return failure != null && (failure instanceof java.net.BindException || isBindFailure(failure.getCause()));
	}

}
