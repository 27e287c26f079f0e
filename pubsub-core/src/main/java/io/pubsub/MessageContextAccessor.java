package io.pubsub;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation take {@link MessageContext#current()} along to
 * other threads. Found by its {@link java.util.ServiceLoader}.
 *
 * @since 0.1.0
 */
public final class MessageContextAccessor implements ThreadLocalAccessor<MessageContext> {

	/**
	 * The key under which a snapshot holds the context.
	 */
	public static final String KEY = "pubsub.message-context";

	@Override
	public Object key() {
		return KEY;
	}

	@Override
	public @Nullable MessageContext getValue() {
		return MessageContext.current();
	}

	@Override
	public void setValue(MessageContext context) {
		MessageContext.replace(context);
	}

	@Override
	public void setValue() {
		MessageContext.replace(null);
	}

}
