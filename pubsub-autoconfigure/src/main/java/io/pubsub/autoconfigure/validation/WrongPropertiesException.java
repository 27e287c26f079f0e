package io.pubsub.autoconfigure.validation;

import java.util.Collection;

import io.pubsub.autoconfigure.internal.Actionable;

/**
 * Thrown when properties are set that look like misspelt ones, or that have no value.
 */
final class WrongPropertiesException extends RuntimeException implements Actionable {

	WrongPropertiesException(Collection<String> findings) {
		super(String.join(System.lineSeparator(), findings));
	}

	@Override
	public String action() {
		return "Correct it where it is set (pubsub.*).";
	}

}
