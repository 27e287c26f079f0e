package io.pubsub.sample.pipeline;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An option of a command. It is a property of its name for the application.
 *
 * @param name the name, without the hyphens
 * @param value the placeholder of its value; {@code null} if it has none
 * @param values the pattern of the values that it can have
 * @param description the description, for people
 */
record Option(String name, @Nullable String value, Pattern values, String description) {

	private static final Pattern ANY = Pattern.compile(".+", Pattern.DOTALL);

	private static final Pattern NUMBERS = Pattern.compile("[1-9][0-9]{0,3}");

	static Option flag(String name, String description) {
		return new Option(name, null, ANY, description);
	}

	static Option text(String name, String value, String description) {
		return new Option(name, value, ANY, description);
	}

	static Option number(String name, String description) {
		return new Option(name, "N", NUMBERS, description);
	}

	/**
	 * Checks a value.
	 * @param text the value
	 * @return the option as Spring Boot reads it
	 * @throws IllegalArgumentException if the option cannot have that value
	 */
	String with(String text) {
		if (this.values.equals(NUMBERS) && !NUMBERS.matcher(text).matches()) {
			throw new IllegalArgumentException(
					"--%s must have a number from 1 to 9999, not '%s'.".formatted(this.name, text));
		}
		if (!this.values.matcher(text).matches()) {
			throw new IllegalArgumentException("The option --%s needs a value.".formatted(this.name));
		}
		return "--%s=%s".formatted(this.name, text);
	}

	/**
	 * The option as it is written.
	 */
	@Override
	public String toString() {
		return "--" + this.name + ((this.value != null) ? " " + this.value : "");
	}

}
