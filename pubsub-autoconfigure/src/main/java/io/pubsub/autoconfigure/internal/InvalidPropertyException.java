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

	/**
	 * The same refusal, of a value that was set in another place.
	 * @param general the prefix of the property that it names
	 * @param own the prefix of the property that was set
	 * @return the exception
	 */
	public InvalidPropertyException movedFrom(String general, String own) {
		InvalidPropertyException moved = new InvalidPropertyException(this.property.replace(general, own),
				String.valueOf(getMessage()).replace(general, own));
		moved.initCause(this);
		return moved;
	}

	@Override
	public String action() {
		return "Correct %s.".formatted(this.property);
	}

}
