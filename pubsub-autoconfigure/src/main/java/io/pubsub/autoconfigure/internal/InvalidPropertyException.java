package io.pubsub.autoconfigure.internal;

import io.pubsub.aws.place.WrongPlaceException;

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
	 * Refuses an address.
	 * @param property the name of the property
	 * @param place the place of the address
	 */
	public InvalidPropertyException(String property, WrongPlaceException place) {
		this(property, property + ": " + place.getMessage());
		initCause(place);
	}

	@Override
	public String action() {
		return (getCause() instanceof WrongPlaceException place) ? correct(this.property, place)
				: "Correct %s.".formatted(this.property);
	}

	/**
	 * What can be done about an address that is elsewhere than the client asks.
	 * @param property the name of the property that has the address
	 * @param place the place of the address
	 * @return the action, a sentence
	 */
	public static String correct(String property, WrongPlaceException place) {
		return (place.region() != null)
				? "Correct %s, or set spring.cloud.aws.%s.region, or spring.cloud.aws.region.static, to %s."
					.formatted(property, place.service(), place.region())
				: "Correct %s, or set spring.cloud.aws.%s.endpoint.".formatted(property, place.service());
	}

}
