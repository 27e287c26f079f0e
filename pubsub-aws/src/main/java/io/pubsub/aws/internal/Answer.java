package io.pubsub.aws.internal;

/**
 * An answer that may not be known.
 */
enum Answer {

	/** It holds. */
	YES,

	/** It does not. */
	NO,

	/** Nobody here knows. */
	UNKNOWN;

	static Answer of(boolean holds) {
		return holds ? YES : NO;
	}

	Answer and(Answer other) {
		if (this == NO || other == NO) {
			return NO;
		}
		return (this == UNKNOWN || other == UNKNOWN) ? UNKNOWN : YES;
	}

}
