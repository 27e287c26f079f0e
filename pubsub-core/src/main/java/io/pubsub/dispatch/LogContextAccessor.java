package io.pubsub.dispatch;

import io.micrometer.context.ThreadLocalAccessor;
import io.pubsub.dispatch.internal.LogContext;
import io.pubsub.dispatch.internal.LogFields;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation take the log fields of a message along to other
 * threads. Found by its {@link java.util.ServiceLoader}.
 *
 * @since 0.1.0
 */
public final class LogContextAccessor implements ThreadLocalAccessor<LogFields> {

	/**
	 * The key under which a snapshot holds the fields.
	 */
	public static final String KEY = "pubsub.log-context";

	@Override
	public Object key() {
		return KEY;
	}

	@Override
	public @Nullable LogFields getValue() {
		return LogContext.current();
	}

	@Override
	public void setValue(LogFields fields) {
		LogContext.replace(fields);
	}

	@Override
	public void setValue() {
		LogContext.replace(null);
	}

}
