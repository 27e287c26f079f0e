package io.pubsub.schema;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.validation.ValidationException;

/**
 * Thrown when the content of a message does not fit its schema. It names the schema and
 * every place that is wrong, and never a value: it carries neither the content nor a
 * cause that would.
 *
 * @since 0.1.0
 */
public final class InvalidMessageException extends ValidationException {

	// All of them could be a text of a megabyte.
	private static final int MOST_IN_TEXT = 10;

	private final Class<?> schema;

	private final List<Violation> violations;

	/**
	 * Says what is wrong.
	 * @param schema the class that the content does not fit
	 * @param violations the violations, each with its place
	 */
	public InvalidMessageException(Class<?> schema, List<Violation> violations) {
		super("the content does not fit %s: %s".formatted(schema.getName(), text(violations)));
		this.schema = schema;
		this.violations = List.copyOf(violations);
	}

	private static String text(List<Violation> violations) {
		String first = violations.stream()
			.limit(MOST_IN_TEXT)
			.map(Violation::toString)
			.collect(Collectors.joining("; "));
		int more = violations.size() - MOST_IN_TEXT;
		return (more > 0) ? "%s; and %d more".formatted(first, more) : first;
	}

	/**
	 * The schema.
	 * @return the class that the content does not fit
	 */
	public Class<?> schema() {
		return this.schema;
	}

	/**
	 * All violations. The text of the exception names the first ten.
	 * @return at least one violation
	 */
	public List<Violation> violations() {
		return this.violations;
	}

	/**
	 * One thing that is wrong.
	 *
	 * @param path the place in the content; empty for the content as a whole
	 * @param message the description of the fault, without the value
	 */
	public record Violation(String path, String message) {

		@Override
		public String toString() {
			return this.path.isEmpty() ? this.message : this.path + " " + this.message;
		}

	}

}
