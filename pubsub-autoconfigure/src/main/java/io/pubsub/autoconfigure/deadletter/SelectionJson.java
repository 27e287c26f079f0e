package io.pubsub.autoconfigure.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.pubsub.aws.deadletter.Selection;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * Reads a selection of letters from JSON.
 */
final class SelectionJson {

	private static final List<String> KEYS = List.of("ids", "reason", "handler", "mediaType", "exception", "olderThan",
			"newerThan", "passing");

	private SelectionJson() {
	}

	/**
	 * Reads a selection.
	 * @param json the fields, if there are any
	 * @return the selection
	 * @throws IllegalArgumentException if a field is unknown, or its value makes no sense
	 */
	static Selection read(@Nullable Map<String, Object> json) {
		if (json == null) {
			return Selection.ALL;
		}
		List<String> unknown = new ArrayList<>(json.keySet());
		unknown.removeAll(KEYS);
		if (!unknown.isEmpty()) {
			throw new IllegalArgumentException("selection has %s, but may have only %s".formatted(unknown, KEYS));
		}
		return new Selection(ids(json.get("ids")), text(json, "reason"), text(json, "handler"), text(json, "mediaType"),
				text(json, "exception"), duration(json, "olderThan"), duration(json, "newerThan"),
				Boolean.TRUE.equals(json.get("passing")));
	}

	// A list without ids would mean all letters.
	private static Set<String> ids(@Nullable Object value) {
		if (value == null) {
			return Set.of();
		}
		if (value instanceof Collection<?> ids && !ids.isEmpty()) {
			return ids.stream().map(String::valueOf).collect(Collectors.toSet());
		}
		throw new IllegalArgumentException("ids must be a list of at least one id");
	}

	private static @Nullable String text(Map<String, Object> json, String key) {
		Object value = json.get(key);
		return (value != null) ? value.toString() : null;
	}

	private static @Nullable Duration duration(Map<String, Object> json, String key) {
		String text = text(json, key);
		try {
			return (text != null) ? DurationStyle.detectAndParse(text) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"%s must be a time such as 30m, 2h or 3d, not %s".formatted(key, LogText.of(text)), ex);
		}
	}

}
