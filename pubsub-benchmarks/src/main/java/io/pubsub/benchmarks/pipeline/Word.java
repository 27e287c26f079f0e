package io.pubsub.benchmarks.pipeline;

/**
 * A word on its way.
 *
 * @param origin the message that it comes from
 * @param text the word
 */
record Word(Origin origin, String text) {

	int lane() {
		return Math.floorMod(this.text.hashCode(), Setup.LANES);
	}

}
