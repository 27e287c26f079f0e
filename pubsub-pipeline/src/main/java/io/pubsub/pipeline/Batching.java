package io.pubsub.pipeline;

import java.time.Duration;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * How elements are collected into batches.
 *
 * @param size the weight of a full batch
 * @param weight the weight of an element; one that is heavier than a full batch is alone;
 * {@code null} if each weighs 1
 * @param time the time from its first element on after which a batch leaves, full or not
 */
record Batching(long size, @Nullable ToLongFunction<Object> weight, Duration time) {

	private static final int MAX_OPEN = 10_000;

	/**
	 * The elements that all open batches of a step hold together at most.
	 * @return the number; one full batch has its place in any case, if it is full by
	 * number
	 */
	long maxOpen() {
		return (this.weight != null) ? MAX_OPEN : Math.max(MAX_OPEN, this.size);
	}

}
