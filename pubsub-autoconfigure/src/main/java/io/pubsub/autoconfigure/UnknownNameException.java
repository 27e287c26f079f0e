package io.pubsub.autoconfigure;

import java.util.Collection;

/**
 * Thrown when a property names something that is not there.
 */
final class UnknownNameException extends RuntimeException {

	private final String property;

	private final Collection<String> known;

	UnknownNameException(String property, String name, String kind, Collection<String> known) {
		super("%s has '%s', but there is no such %s".formatted(property, name, kind));
		this.property = property;
		this.known = known;
	}

	String action() {
		return this.known.isEmpty() ? "Remove %s: there is nothing to name.".formatted(this.property)
				: "Correct %s. Known are: %s".formatted(this.property, String.join(", ", this.known));
	}

}
