package io.pubsub.kinesis.stream;

import org.jspecify.annotations.Nullable;

/**
 * Says why Kinesis did not do what it was asked for, and what to do about it.
 *
 * @since 0.1.0
 */
public final class StreamException extends RuntimeException {

	private final String stream;

	/**
	 * Says what is wrong.
	 * @param stream the address of the stream
	 * @param message the sentence that says it
	 * @param cause the failure of the call; {@code null} if the call succeeded
	 */
	public StreamException(String stream, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.stream = stream;
	}

	/**
	 * The stream.
	 * @return its address
	 */
	public String stream() {
		return this.stream;
	}

}
