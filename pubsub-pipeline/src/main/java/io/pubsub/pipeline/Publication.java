package io.pubsub.pipeline;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.pubsub.publish.PublishReport;
import io.pubsub.publish.SnsProducer;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
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

	private static final int MAX_UNCONFIRMED = 100;

	/**
	 * Publishing through a producer.
	 * @param producer the producer
	 * @param key the key of an element
	 * @return the publication, which knows batches
	 */
	static Publication through(SnsProducer producer, Mapper<Object, ?> key) {
		return new Publication((element) -> element, producer::produceAsync,
				(batch) -> publish(producer, (Batch<?>) batch), key, MAX_UNCONFIRMED);
	}

	private static Batch<?> publish(SnsProducer producer, Batch<?> batch) {
		PublishReport report = producer.produceAll(batch);
		for (int i = 0; i < batch.size(); i++) {
			Exception failure = report.results().get(i).failure();
			if (failure != null) {
				batch.fail(i, failure);
			}
		}
		return batch;
	}

	/**
	 * Publishing to a destination, messages of one group one after the other.
	 * @param destination the destination
	 * @param message makes the message of an element
	 * @return the publication
	 */
	static Publication to(Destination destination, Mapper<Object, ?> message) {
		return new Publication(message,
				(content) -> destination.publish(List.of((OutboundMessage) content)).thenApply(Publication::confirmed),
				null, Publication::groupOf, MAX_UNCONFIRMED);
	}

	private static Object groupOf(Object content) {
		String group = ((OutboundMessage) content).groupId();
		return (group != null) ? group : NO_KEY;
	}

	private static PublishResult confirmed(List<PublishResult> results) {
		PublishResult result = results.get(0);
		Exception failure = result.failure();
		if (failure != null) {
			throw new CompletionException(failure);
		}
		return result;
	}

}
