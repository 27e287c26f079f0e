package io.pubsub.sample.pipeline.words;

/**
 * Thrown for a sentence that can never be read.
 */
class UnreadableSentenceException extends RuntimeException {

	UnreadableSentenceException(String message) {
		super(message);
	}

}
