package io.pubsub.pipeline;

/**
 * Ends the work on an element that has ended before, because nobody waited any longer.
 */
final class AbandonedException extends Exception {

	AbandonedException() {
		super(null, null, false, false);
	}

}
