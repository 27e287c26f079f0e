package io.pubsub.autoconfigure;

import java.util.Collection;

import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown when a property names something that is not there. The process exits with code
 * 2.
 */
final class UnknownNameException extends RuntimeException implements ExitCodeGenerator {

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

	@Override
	public int getExitCode() {
		return UsageException.WRONG_USAGE;
	}

}
