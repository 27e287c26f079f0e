package io.pubsub.autoconfigure.internal;

/**
 * Thrown when the value of a property cannot be right.
 */
public final class InvalidPropertyException extends IllegalArgumentException implements Actionable {

	private final String property;

	/**
	 * Refuses a value.
	 * @param property the name of the property
	 * @param message the sentence on the property, which has its value
	 */
	public InvalidPropertyException(String property, String message) {
		super(message);
		this.property = property;
	}

	@Override
	public String action() {
		return "Correct %s.".formatted(this.property);
	}

}
