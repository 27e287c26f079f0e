package io.pubsub.autoconfigure.s3;

import io.pubsub.autoconfigure.internal.Actionable;

/**
 * Thrown when contents of large messages cannot be removed with their messages.
 */
final class RemovalRefusedException extends IllegalStateException implements Actionable {

	private static final String PROPERTY = "pubsub.s3.large-messages.remove-with-message";

	RemovalRefusedException(String reason) {
		super("%s is true, but %s".formatted(PROPERTY, reason));
	}

	@Override
	public String action() {
		return "Set %s to false, and give the bucket a lifecycle rule: it removes the contents".formatted(PROPERTY)
				+ " when they are older than any queue and its dead-letter queue keep messages.";
	}

}
