package io.pubsub.sample.pipeline.etl;

/**
 * Thrown for a line that is no order. Its message does not repeat what is in the line.
 */
class BadLineException extends Exception {

	BadLineException(String message) {
		super(message);
	}

}
