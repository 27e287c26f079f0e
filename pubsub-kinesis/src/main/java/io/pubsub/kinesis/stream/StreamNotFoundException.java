package io.pubsub.kinesis.stream;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a stream does not exist. It is never created for the caller.
 *
 * @since 0.1.0
 */
public final class StreamNotFoundException extends RuntimeException {

	private final String stream;

	/**
	 * Names the stream.
	 * @param stream the address of the stream
	 * @param cause the failure of the call that did not find it
	 */
	public StreamNotFoundException(String stream, @Nullable Throwable cause) {
		super("the stream \"%s\" does not exist: create it, or correct its name, the account or the region"
			.formatted(stream), cause);
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
