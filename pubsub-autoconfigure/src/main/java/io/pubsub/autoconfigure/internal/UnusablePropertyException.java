package io.pubsub.autoconfigure.internal;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when what a property names cannot be used, for a reason that the cause tells
 * without knowing the property.
 */
public final class UnusablePropertyException extends RuntimeException {

	private final String property;

	/**
	 * Names the property.
	 * @param property the name of the property
	 * @param cause the reason
	 */
	public UnusablePropertyException(String property, RuntimeException cause) {
		super("%s cannot be used: %s".formatted(property, cause.getMessage()), cause);
		this.property = property;
	}

	/**
	 * The property that a failure is about.
	 * @param failure the failure
	 * @return the name of the property; {@code null} if nobody has named one
	 */
	public static @Nullable String propertyOf(@Nullable Throwable failure) {
		String property = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnusablePropertyException unusable) {
				property = unusable.property;
			}
		}
		return property;
	}

}
