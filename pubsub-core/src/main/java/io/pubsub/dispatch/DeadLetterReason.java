package io.pubsub.dispatch;

/**
 * Why no further delivery of a message can end better.
 *
 * @since 0.1.0
 */
public enum DeadLetterReason {

	/** Its envelope cannot be opened. */
	MALFORMED("malformed"),

	/** It does not come from where it should. */
	UNTRUSTED("untrusted"),

	/** It violates its schema. */
	INVALID("invalid"),

	/** Its recipient says that it can never be handled. */
	REJECTED("rejected"),

	/** It was delivered as often as it may be. */
	ATTEMPTS("attempts"),

	/** Nobody here handles it. */
	UNHANDLED("unhandled");

	private final String code;

	DeadLetterReason(String code) {
		this.code = code;
	}

	/**
	 * The name of the reason in dead letters, metrics and outcomes.
	 * @return the name
	 */
	public String code() {
		return this.code;
	}

	@Override
	public String toString() {
		return this.code;
	}

}
