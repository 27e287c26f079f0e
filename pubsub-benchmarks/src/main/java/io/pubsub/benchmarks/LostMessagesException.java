package io.pubsub.benchmarks;

/**
 * A contender did not do all of its work.
 */
final class LostMessagesException extends RuntimeException {

	LostMessagesException(String message) {
		super(message);
	}

}
