package io.pubsub.pipeline;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * How a step publishes.
 *
 * @param content the function that makes what is published of an element, once
 * @param publish publishes that, and gives the stage that tells of it
 * @param ofBatches publishes the elements of a batch, says which have failed, and gives
 * the batch; {@code null} if a batch is an element like any other
 * @param key the key of what is published, within which one is published after the other;
 * {@link #NO_KEY} if there is none
 * @param maxUnconfirmed the number of elements that may be under way
 */
record Publication(Mapper<Object, ?> content, Mapper<Object, CompletionStage<?>> publish,
		@Nullable Mapper<Object, ?> ofBatches, Mapper<Object, ?> key, int maxUnconfirmed) {

	/**
	 * The key of elements that need no order.
	 */
	static final Object NO_KEY = new Object();

}
