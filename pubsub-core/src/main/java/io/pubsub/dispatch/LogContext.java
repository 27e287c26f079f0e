package io.pubsub.dispatch;

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
 * Puts what is known of a message into the log lines of the thread that works on it : its
 * id, its media type, its handler, and the opaque data that may be seen.
 */
final class LogContext implements AutoCloseable {

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

	static LogContext of(MessageContext context, Handler handler, Predicate<String> opaqueKeys) {
		return of(context.messageId(), context, handler.name(), opaqueKeys);
	}

	static LogContext of(DispatchResult result, Predicate<String> opaqueKeys) {
		return of(result.messageId(), result.context(), result.handler(), opaqueKeys);
	}

	private static LogContext of(String messageId, @Nullable MessageContext context, @Nullable String handler,
			Predicate<String> opaqueKeys) {
		Map<String, String> fields = new HashMap<>();
		if (context != null) {
			addOpaqueData(fields, context.opaqueData(), opaqueKeys);
			fields.put(MEDIA_TYPE, context.mediaType().value());
		}
		if (handler != null) {
			fields.put(HANDLER, handler);
		}
		fields.put(MESSAGE_ID, LogText.of(messageId, MOST_BYTES_OF_ONE));
		return new LogContext(fields);
	}

	// What a stranger wrote must not begin a line of its own in the log, nor fill it.
	private static void addOpaqueData(Map<String, String> fields, OpaqueData data, Predicate<String> opaqueKeys) {
		int left = MOST_BYTES;
		for (Map.Entry<String, String> entry : data.asMap().entrySet()) {
			String key = entry.getKey();
			if (KEY.matcher(key).matches() && opaqueKeys.test(key)) {
				String value = LogText.of(entry.getValue(), MOST_BYTES_OF_ONE);
				left -= key.length() + value.length();
				if (left >= 0) {
					fields.put(key.toLowerCase(Locale.ROOT), value);
				}
			}
		}
	}

	static @Nullable Map<String, String> current() {
		return CURRENT.get();
	}

	// What else the log lines of the thread carry stays as it is.
	static void replace(@Nullable Map<String, String> fields) {
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

	@Override
	public void close() {
		replace(this.previous);
		this.covered.forEach(MDC::put);
	}

}
