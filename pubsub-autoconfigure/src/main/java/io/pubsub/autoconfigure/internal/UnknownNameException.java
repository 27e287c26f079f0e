package io.pubsub.autoconfigure.internal;

import java.util.Collection;

/**
 * Thrown when a property names something that is not there.
 */
public final class UnknownNameException extends RuntimeException implements Actionable {

	private final String property;

	private final Collection<String> known;

	/**
	 * Refuses a name.
	 * @param property the property that has it
	 * @param name the name
	 * @param kind the kind of thing that is named
	 * @param known the names that there are
	 */
	public UnknownNameException(String property, String name, String kind, Collection<String> known) {
		super("%s has '%s', but there is no such %s".formatted(property, name, kind));
		this.property = property;
		this.known = known;
	}

	@Override
	public String action() {
		return this.known.isEmpty() ? "Remove %s: there is nothing to name.".formatted(this.property)
				: "Correct %s. Known are: %s".formatted(this.property, String.join(", ", this.known));
	}

}
