package io.pubsub.kinesis.stream;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a stream may not be used with the credentials at hand.
 *
 * @since 0.1.0
 */
public final class StreamAccessDeniedException extends RuntimeException {

	private final String stream;

	private final String action;

	/**
	 * Names the stream and the action that was refused.
	 * @param stream the address of the stream
	 * @param action the action that the IAM policy has to allow, such as
	 * {@code kinesis:PutRecords}
	 * @param cause the failure of the call
	 */
	public StreamAccessDeniedException(String stream, String action, @Nullable Throwable cause) {
		super("access to the stream \"%s\" is denied: check the credentials, and allow %s in the IAM policy"
			.formatted(stream, action), cause);
		this.stream = stream;
		this.action = action;
	}

	/**
	 * The stream.
	 * @return its address
	 */
	public String stream() {
		return this.stream;
	}

	/**
	 * The action that the IAM policy has to allow.
	 * @return the action, such as {@code kinesis:PutRecords}
	 */
	public String action() {
		return this.action;
	}

}
