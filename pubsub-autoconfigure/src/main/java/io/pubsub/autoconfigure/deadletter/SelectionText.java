package io.pubsub.autoconfigure.deadletter;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/**
 * Reads the parts of a selection of letters from text.
 */
final class SelectionText {

	private SelectionText() {
	}

	/**
	 * Reads ids.
	 * @param text the ids with commas between; {@code null} if all are meant
	 * @return the ids
	 * @throws IllegalArgumentException if there is none in the text
	 */
	static Set<String> ids(@Nullable String text) {
		if (text == null) {
			return Set.of();
		}
		Set<String> ids = Stream.of(StringUtils.tokenizeToStringArray(text, ",")).collect(Collectors.toSet());
		if (ids.isEmpty()) {
			throw new IllegalArgumentException("ids must be one id, or several with commas between");
		}
		return ids;
	}

	/**
	 * Reads an age.
	 * @param key the name of the field
	 * @param text the text, if there is one
	 * @return the age, if there is one
	 * @throws IllegalArgumentException if the text is none
	 */
	static @Nullable Duration age(String key, @Nullable String text) {
		try {
			return (text != null) ? DurationStyle.detectAndParse(text) : null;
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"%s must be a time such as 30m, 2h or 3d, not %s".formatted(key, LogText.of(text)), ex);
		}
	}

}
