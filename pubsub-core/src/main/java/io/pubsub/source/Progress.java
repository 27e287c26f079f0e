package io.pubsub.source;

/**
 * Is told how far an input has been read.
 */
@FunctionalInterface
interface Progress {

	/**
	 * Nobody looks.
	 */
	Progress NONE = (bytes) -> {
	};

	/**
	 * Some of the input has been read.
	 * @param bytes how much
	 */
	void at(long bytes);

}
