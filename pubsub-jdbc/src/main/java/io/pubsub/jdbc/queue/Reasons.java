package io.pubsub.jdbc.queue;

import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Reasons as they fit into a column.
 */
final class Reasons {

	private static final int MOST_BYTES = 900;

	private Reasons() {
	}

	static String cut(@Nullable String reason) {
		return LogText.of((reason != null) ? reason : "", MOST_BYTES);
	}

}
