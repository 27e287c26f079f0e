package io.pubsub.benchmarks.process;

/**
 * A child ended, or kept silent for too long. The message has what it printed.
 */
public final class ChildFailedException extends RuntimeException {

	ChildFailedException(String message) {
		super(message);
	}

}
