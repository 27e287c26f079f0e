package io.pubsub;

/**
 * Handles the messages of the media types that the {@link Handles} annotation on the
 * implementation names.
 * <p>
 * One instance serves all messages and must be safe for use by many threads.
 *
 * @param <T> the type of the content
 * @since 0.1.0
 */
@FunctionalInterface
public interface MessageHandler<T> {

	/**
	 * Handles one message.
	 * @param content the validated content
	 * @param context the context of the message
	 * @return the outcome of the message
	 * @throws NackException to have the message delivered again after a delay
	 * @throws SkipMessageException to acknowledge the message as skipped
	 * @throws IgnoreMessageException to acknowledge the message as ignored
	 * @throws Exception if handling failed: the message is delivered again after the
	 * delay of the back-off policy
	 */
	Outcome handle(T content, MessageContext context) throws Exception;

}
