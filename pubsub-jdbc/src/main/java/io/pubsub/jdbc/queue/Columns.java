package io.pubsub.jdbc.queue;

import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The room that the table has for a message.
 */
final class Columns {

	private static final int ID = 255;

	private static final int ADDRESS = 1_000;

	private Columns() {
	}

	/**
	 * Insists that a message fits into its row.
	 * @param message the message
	 * @throws IllegalArgumentException if it does not
	 */
	static void check(OutboundMessage message) {
		check(message, "address", message.address(), ADDRESS);
		check(message, "media type", message.mediaType().value(), ID);
		check(message, "group id", message.groupId(), ID);
		check(message, "deduplication id", message.deduplicationId(), ID);
	}

	private static void check(OutboundMessage message, String what, @Nullable String value, int longest) {
		if (value != null && value.length() > longest) {
			throw new IllegalArgumentException(
					"%s cannot be kept in the outbox: its %s has %d characters, not %d at most".formatted(message, what,
							value.length(), longest));
		}
	}

}
