package io.pubsub.dispatch.internal;

import java.util.Map;
import java.util.function.Predicate;

import io.pubsub.MessageContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Puts what is known of a message into the log lines of the thread that works on it: its
 * id, its media type, its handler, and the opaque data that may be seen.
 */
public final class LogContext implements AutoCloseable {

	private static final ThreadLocal<@Nullable LogFields> CURRENT = new ThreadLocal<>();

	private final @Nullable LogFields previous;

	private final Map<String, String> covered;

	private LogContext(LogFields fields) {
		this.previous = CURRENT.get();
		this.covered = fields.covered();
		replace(fields);
	}

	/**
	 * Shows the fields of a message until this is closed, on the same thread.
	 * @param messageId the id that the source gave to the message
	 * @param context the context of the message, if its envelope could be opened
	 * @param recipient the name of the recipient of the message, if one was found
	 * @param opaqueKeys the filter for the keys of opaque data that may be seen
	 * @return the context, which restores what was shown before
	 */
	public static LogContext of(String messageId, @Nullable MessageContext context, @Nullable String recipient,
			Predicate<String> opaqueKeys) {
		return new LogContext(LogFields.of(messageId, context, recipient, opaqueKeys));
	}

	/**
	 * The fields that the calling thread shows.
	 * @return the fields, or {@code null} if there are none
	 */
	public static @Nullable LogFields current() {
		return CURRENT.get();
	}

	/**
	 * Shows other fields, in the place of those that the calling thread shows. What else
	 * its log lines carry stays as it is.
	 * @param fields the fields; {@code null} for none
	 */
	public static void replace(@Nullable LogFields fields) {
		LogFields shown = CURRENT.get();
		if (shown != null) {
			shown.remove();
		}
		if (fields != null) {
			CURRENT.set(fields);
			fields.put();
		}
		else {
			CURRENT.remove();
		}
	}

	/**
	 * Shows other fields as {@link #replace} does, and quicker than that: what both have
	 * in common is left as it is. For one who goes from message to message on the same
	 * thread.
	 * @param fields the fields
	 */
	public static void switchTo(LogFields fields) {
		LogFields shown = CURRENT.get();
		if (shown == null || !fields.putDifferencesTo(shown)) {
			replace(fields);
			return;
		}
		CURRENT.set(fields);
	}

	@Override
	public void close() {
		replace(this.previous);
		this.covered.forEach(MDC::put);
	}

}
