package io.pubsub.publish;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when an entry of {@link Topics} is wrong, or contradicts another one.
 *
 * @since 0.1.0
 */
public final class InvalidTopicsException extends IllegalArgumentException {

	private final String entry;

	InvalidTopicsException(String entry, String fault) {
		this(entry, fault, null);
	}

	InvalidTopicsException(String entry, String fault, @Nullable Throwable cause) {
		super("topics.%s: %s".formatted(entry, fault), cause);
		this.entry = entry;
	}

	/**
	 * The entry that is wrong.
	 * @return its name, such as {@code default} or {@code created[foo]}
	 */
	public String entry() {
		return this.entry;
	}

}
