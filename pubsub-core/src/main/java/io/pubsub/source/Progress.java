package io.pubsub.source;

/**
 * Listener for the progress of reading an input.
 */
@FunctionalInterface
interface Progress {

	/**
	 * A listener that does nothing.
	 */
	Progress NONE = (bytes) -> {
	};

	/**
	 * Some of the input has been read.
	 * @param bytes the number of bytes read so far
	 */
	void at(long bytes);

}
