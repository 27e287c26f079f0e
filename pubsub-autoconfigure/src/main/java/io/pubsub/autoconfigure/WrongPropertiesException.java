package io.pubsub.autoconfigure;

import java.util.Collection;

/**
 * Thrown when properties are set that look like misspelt ones, or that have no value.
 */
final class WrongPropertiesException extends RuntimeException {

	WrongPropertiesException(Collection<String> findings) {
		super(String.join(System.lineSeparator(), findings));
	}

}
