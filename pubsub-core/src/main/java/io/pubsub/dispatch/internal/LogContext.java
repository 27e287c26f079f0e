package io.pubsub.dispatch.internal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Puts what is known of a message into the log lines of the thread that works on it: its
 * id, its media type, its handler, and the opaque data that may be seen.
 */
public final class LogContext implements AutoCloseable {

	private static final String MESSAGE_ID = "message_id";

	private static final String MEDIA_TYPE = "media_type";

	private static final String HANDLER = "handler";

	private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,64}");

	// A log pattern may print all of them in every line.
	private static final int MOST_BYTES = 1_000;

	private static final int MOST_BYTES_OF_ONE = 200;

	private static final ThreadLocal<@Nullable Map<String, String>> CURRENT = new ThreadLocal<>();

	private final @Nullable Map<String, String> previous;

	private final Map<String, String> covered = new HashMap<>();

	private LogContext(Map<String, String> fields) {
		this.previous = CURRENT.get();
		fields.keySet().forEach(this::cover);
		replace(fields);
	}

	private void cover(String key) {
		String value = MDC.get(key);
		if (value != null) {
			this.covered.put(key, value);
		}
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
		return new LogContext(fields(messageId, context, recipient, opaqueKeys));
	}

	/**
	 * The fields of a message.
	 * @param messageId the id that the source gave to the message
	 * @param context the context of the message, if its envelope could be opened
	 * @param recipient the name of the recipient of the message, if one was found
	 * @param opaqueKeys the filter for the keys of opaque data that may be seen
	 * @return the fields, not to be changed
	 */
	public static Map<String, String> fields(String messageId, @Nullable MessageContext context,
			@Nullable String recipient, Predicate<String> opaqueKeys) {
		Map<String, String> fields = new HashMap<>();
		if (context != null) {
			addOpaqueData(fields, context.opaqueData(), opaqueKeys);
			fields.put(MEDIA_TYPE, context.mediaType().value());
		}
		if (recipient != null) {
			fields.put(HANDLER, recipient);
		}
		fields.put(MESSAGE_ID, LogText.of(messageId, MOST_BYTES_OF_ONE));
		return fields;
	}

	// What a stranger wrote must not begin a line of its own in the log, nor fill it.
	private static void addOpaqueData(Map<String, String> fields, OpaqueData data, Predicate<String> opaqueKeys) {
		int left = MOST_BYTES;
		for (Map.Entry<String, String> entry : data.asMap().entrySet()) {
			String key = entry.getKey();
			if (opaqueKeys.test(key) && KEY.matcher(key).matches()) {
				String value = LogText.of(entry.getValue(), MOST_BYTES_OF_ONE);
				left -= key.length() + value.length();
				if (left >= 0) {
					fields.put(key.toLowerCase(Locale.ROOT), value);
				}
			}
		}
	}

	/**
	 * The fields that the calling thread shows.
	 * @return the fields, or {@code null} if there are none
	 */
	public static @Nullable Map<String, String> current() {
		return CURRENT.get();
	}

	/**
	 * Shows other fields, in the place of those that the calling thread shows. What else
	 * its log lines carry stays as it is.
	 * @param fields the fields; {@code null} for none
	 */
	public static void replace(@Nullable Map<String, String> fields) {
		Map<String, String> replaced = CURRENT.get();
		if (replaced != null) {
			replaced.keySet().forEach(MDC::remove);
		}
		if (fields != null) {
			CURRENT.set(fields);
			fields.forEach(MDC::put);
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
	public static void switchTo(Map<String, String> fields) {
		Map<String, String> replaced = CURRENT.get();
		if (replaced == null || replaced.size() != fields.size()) {
			replace(fields);
			return;
		}
		for (Map.Entry<String, String> field : fields.entrySet()) {
			String before = replaced.get(field.getKey());
			if (before == null) {
				replace(fields);
				return;
			}
			if (!field.getValue().equals(before)) {
				MDC.put(field.getKey(), field.getValue());
			}
		}
		CURRENT.set(fields);
	}

	@Override
	public void close() {
		replace(this.previous);
		this.covered.forEach(MDC::put);
	}

}
