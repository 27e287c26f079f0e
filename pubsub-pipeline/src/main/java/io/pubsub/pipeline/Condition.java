package io.pubsub.pipeline;

/**
 * Decides on an element.
 * <p>
 * Called with the context of the element's message as
 * {@link io.pubsub.MessageContext#current()}. It may throw whatever it likes, and what a
 * handler's exceptions mean they mean here: {@link io.pubsub.NackException} has the
 * message delivered again, {@link io.pubsub.SkipMessageException} and
 * {@link io.pubsub.IgnoreMessageException} end the element well,
 * {@link io.pubsub.RejectMessageException} says that it can never succeed, and anything
 * else fails the element. One that is called behind a step that works on several elements
 * at once must be safe for use by many threads.
 *
 * @param <T> the type of the elements
 * @since 0.1.0
 */
@FunctionalInterface
public interface Condition<T> {

	/**
	 * Decides on an element.
	 * @param element the element
	 * @return the decision
	 * @throws Exception if the element fails
	 */
	boolean test(T element) throws Exception;

}
