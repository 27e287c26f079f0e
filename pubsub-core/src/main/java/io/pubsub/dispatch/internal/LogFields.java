package io.pubsub.dispatch.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The fields that the log lines of a message carry. Those of like messages have the same
 * keys in the same order, so that a thread which goes from one message to another changes
 * only what differs. Immutable.
 */
public final class LogFields {

	private static final String MESSAGE_ID = "message_id";

	private static final String MEDIA_TYPE = "media_type";

	private static final String HANDLER = "handler";

	private static final Set<String> OWN = Set.of(MESSAGE_ID, MEDIA_TYPE, HANDLER);

	private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,64}");

	// A log pattern may print all of them in every line.
	private static final int MOST_BYTES = 1_000;

	private static final int MOST_BYTES_OF_ONE = 200;

	private final String[] keys;

	private final String[] values;

	private LogFields(Collected collected) {
		this.keys = collected.keys.toArray(String[]::new);
		this.values = collected.values.toArray(String[]::new);
	}

	/**
	 * Makes the fields of a message.
	 * @param messageId the id that the source gave to the message
	 * @param context the context of the message, if its envelope could be opened
	 * @param recipient the name of the recipient of the message, if one was found
	 * @param opaqueKeys the filter for the keys of opaque data that may be seen
	 * @return the fields
	 */
	public static LogFields of(String messageId, @Nullable MessageContext context, @Nullable String recipient,
			Predicate<String> opaqueKeys) {
		Collected fields = new Collected();
		fields.add(MESSAGE_ID, LogText.of(messageId, MOST_BYTES_OF_ONE));
		if (recipient != null) {
			fields.add(HANDLER, recipient);
		}
		if (context != null) {
			fields.add(MEDIA_TYPE, context.mediaType().value());
			addOpaqueData(fields, context.opaqueData(), opaqueKeys);
		}
		return new LogFields(fields);
	}

	// What a stranger wrote must not begin a line of its own in the log, nor fill it, nor
	// pass for what we say.
	private static void addOpaqueData(Collected fields, OpaqueData data, Predicate<String> opaqueKeys) {
		int left = MOST_BYTES;
		for (Map.Entry<String, String> entry : data.asMap().entrySet()) {
			String name = entry.getKey();
			if (opaqueKeys.test(name) && KEY.matcher(name).matches()) {
				String key = name.toLowerCase(Locale.ROOT);
				String value = LogText.of(entry.getValue(), MOST_BYTES_OF_ONE);
				left -= key.length() + value.length();
				if (left >= 0 && !OWN.contains(key)) {
					fields.add(key, value);
				}
			}
		}
	}

	/**
	 * Puts the fields into the log lines of the calling thread, over those of the same
	 * keys.
	 */
	void put() {
		for (int i = 0; i < this.keys.length; i++) {
			MDC.put(this.keys[i], this.values[i]);
		}
	}

	void remove() {
		for (String key : this.keys) {
			MDC.remove(key);
		}
	}

	/**
	 * Puts those fields that differ from others with the same keys.
	 * @param shown the fields that the calling thread shows
	 * @return {@code false} if the keys are not the same: nothing was put
	 */
	boolean putDifferencesTo(LogFields shown) {
		boolean alike = hasKeysOf(shown);
		for (int i = 0; alike && i < this.keys.length; i++) {
			if (!this.values[i].equals(shown.values[i])) {
				MDC.put(this.keys[i], this.values[i]);
			}
		}
		return alike;
	}

	private boolean hasKeysOf(LogFields other) {
		boolean same = this.keys.length == other.keys.length;
		for (int i = 0; same && i < this.keys.length; i++) {
			same = this.keys[i].equals(other.keys[i]);
		}
		return same;
	}

	/**
	 * The values that the log lines of the calling thread carry under these keys.
	 * @return a map that has the keys in use only
	 */
	Map<String, String> covered() {
		Map<String, String> covered = Map.of();
		for (String key : this.keys) {
			String value = MDC.get(key);
			if (value != null) {
				covered = covered.isEmpty() ? new HashMap<>() : covered;
				covered.put(key, value);
			}
		}
		return covered;
	}

	/**
	 * Keys and values that are being collected.
	 */
	private static final class Collected {

		private final List<String> keys = new ArrayList<>();

		private final List<String> values = new ArrayList<>();

		void add(String key, String value) {
			this.keys.add(key);
			this.values.add(value);
		}

	}

}
