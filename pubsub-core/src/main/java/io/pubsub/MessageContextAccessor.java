package io.pubsub;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation take {@link MessageContext#current()} along to
 * other threads (MC-39). Found by its {@link java.util.ServiceLoader}.
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
