package io.pubsub.uri;

import io.pubsub.ChangedUriMessage;
import io.pubsub.MessageContext;
import io.pubsub.MessageHandler;
import io.pubsub.NackException;
import io.pubsub.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * {@link MessageHandler} for messages that refer to a resource: skips them or not,
 * fetches the resource and handles that.
 * <p>
 * Takes {@link io.pubsub.UriMessage} too, which is a {@link ChangedUriMessage} that names
 * no field. A subclass is a bean with {@link io.pubsub.Handles}. What needs more freedom
 * calls {@link UriResources} from a handler method instead.
 *
 * @param <R> the type of the resource
 * @since 0.1.0
 */
public abstract class UriHandler<R> implements MessageHandler<ChangedUriMessage> {

	private final UriResources resources;

	private final Class<R> type;

	/**
	 * Makes a handler.
	 * @param resources the way to the resources
	 * @param type the type that they are converted to
	 */
	protected UriHandler(UriResources resources, Class<R> type) {
		this.resources = resources;
		this.type = type;
	}

	// Not final: a proxy of the class could not pass the call on.
	@Override
	public Outcome handle(ChangedUriMessage message, MessageContext context) throws Exception {
		String reason = reasonToSkip(message, context);
		return (reason != null) ? Outcome.skipped(reason) : handle(fetch(message, context), message, context);
	}

	/**
	 * Says why a message is skipped, before its resource is fetched.
	 * @param message the message
	 * @param context the context of the message
	 * @return the reason, never with content; {@code null}, the default, to go on
	 * @throws Exception if that cannot be told
	 */
	protected @Nullable String reasonToSkip(ChangedUriMessage message, MessageContext context) throws Exception {
		return null;
	}

	/**
	 * Fetches and converts the resource.
	 * @param message the message
	 * @param context the context of the message
	 * @return the resource
	 * @throws NackException if it is not there yet, or not as the message says
	 * @throws Exception if it must not be fetched, or cannot be
	 */
	protected R fetch(ChangedUriMessage message, MessageContext context) throws Exception {
		return this.resources.get(message, context, this.type);
	}

	/**
	 * Handles the resource.
	 * @param resource the resource
	 * @param message the message that refers to it
	 * @param context the context of the message
	 * @return the outcome of the message
	 * @throws Exception if handling failed
	 */
	protected abstract Outcome handle(R resource, ChangedUriMessage message, MessageContext context) throws Exception;

}
