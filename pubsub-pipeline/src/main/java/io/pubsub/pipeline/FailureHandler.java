package io.pubsub.pipeline;

import io.pubsub.transport.Destination;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes single elements that can never succeed, so that one bad line does not bring the
 * whole file back.
 * <p>
 * Called with the context of the element's message as
 * {@link io.pubsub.MessageContext#current()}. Must be safe for use by many threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FailureHandler {

	/**
	 * The attribute {@code dead_letter_reason} of an element that is sent somewhere.
	 */
	String REASON = "element";

	/**
	 * Takes an element, and returns when it is safe: it counts as done then. A message
	 * that is delivered again may bring the same element once more, under the same id.
	 * @param element the element
	 * @throws Exception if it could not be taken: its message is handed back
	 */
	void accept(FailedElement element) throws Exception;

	/**
	 * A handler that sends each element to a destination, as JSON, and waits until it has
	 * arrived there. Its attributes are those of a dead letter,
	 * {@link io.pubsub.dispatch.DeadLetters#REASON} being {@link #REASON} and
	 * {@link io.pubsub.dispatch.DeadLetters#DETAIL} a JSON object with {@code id},
	 * {@code messageId}, {@code attempt}, {@code handler} (the pipeline), {@code stage}
	 * and {@code exception}. At a FIFO address, the id of the element is the
	 * deduplication id.
	 * @param destination the destination
	 * @param address the address, in the words of the destination
	 * @param mapper the JSON mapper
	 * @return the handler
	 */
	static FailureHandler to(Destination destination, String address, JsonMapper mapper) {
		return new ElementLetters(destination, address, mapper);
	}

}
