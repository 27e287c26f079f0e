package io.pubsub.aws.doctor;

/**
 * How bad a {@link Finding} is, the worst first.
 *
 * @since 0.1.0
 */
public enum Severity {

	/** Messages do not arrive, or get lost. */
	ERROR,

	/** It may not, or cannot, be looked at: it may be fine, or not. */
	UNKNOWN,

	/** Messages will come late, out of order or in vain. */
	WARNING,

	/** Worth knowing. */
	NOTE

}
