package io.pubsub.autoconfigure.internal;

/**
 * Thrown when a stream is named, but the module that knows streams is missing.
 */
public final class MissingKinesisException extends RuntimeException implements Actionable {

	/**
	 * Names the stream.
	 * @param address its address
	 */
	public MissingKinesisException(String address) {
		super("%s is a Kinesis stream, but what reads and writes streams is missing".formatted(address));
	}

	@Override
	public String action() {
		return "Add io.pubsub:pubsub-kinesis to the dependencies.";
	}

}
