package io.pubsub.local.internal.policy;

/**
 * An element of a policy that the broker cannot judge by.
 */
final class UnknownElementException extends RuntimeException {

	UnknownElementException(String element) {
		super("the local broker does not know the %s of its policy".formatted(element));
	}

}
