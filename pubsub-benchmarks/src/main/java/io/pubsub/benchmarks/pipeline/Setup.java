package io.pubsub.benchmarks.pipeline;

import java.time.Duration;

/**
 * The things that a contender is given.
 *
 * @param messages the messages
 * @param tap the tap that their numbers come from
 * @param sink the sink, where each batch goes
 */
public record Setup(Messages messages, Tap tap, Sink sink) {

	/**
	 * The time from its first word on after which a batch leaves that is not full: much
	 * longer than it takes to fill one.
	 */
	public static final Duration BATCH_TIME = Duration.ofMillis(100);

	/** The number of lanes in which words are counted. */
	static final int LANES = 8;

	/** The number of words in a full batch. */
	static final int BATCH = 100;

	/** The most elements that are handed over at once where chunks are. */
	static final int CHUNK = 64;

	/** The number of elements that a queue of contenders by hand holds. */
	static final int CAPACITY = 1024;

}
