package io.pubsub.pipeline;

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
	 * Takes an element, and returns when it is safe: it counts as done then. A message
	 * that is delivered again may bring the same element once more, under the same id.
	 * @param element the element
	 * @throws Exception if it could not be taken: its message is handed back
	 */
	void accept(FailedElement element) throws Exception;

}
