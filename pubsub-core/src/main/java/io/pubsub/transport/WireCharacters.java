package io.pubsub.transport;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The characters that bodies, attributes and ids may have on their way through SNS and
 * SQS: those of XML 1.0. All others, which are most control characters, U+FFFE, U+FFFF
 * and surrogates without their other half, are refused by the broker or arrive as
 * question marks.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html">SendMessage</a>
 */
public final class WireCharacters {

	private static final int LAST_BEFORE_NONCHARACTERS = 0xFFFD;

	private WireCharacters() {
	}

	/**
	 * Escapes what cannot travel, which JSON text has in its strings only: what they mean
	 * stays the same.
	 * @param json the JSON text
	 * @return the text, which is the same one if there is nothing to escape
	 */
	public static String escapeInJson(String json) {
		int forbidden = find(json, 0);
		if (forbidden < 0) {
			return json;
		}
		StringBuilder escaped = new StringBuilder(json.length() + 16);
		int start = 0;
		while (forbidden >= 0) {
			escaped.append(json, start, forbidden).append("\\u%04x".formatted((int) json.charAt(forbidden)));
			start = forbidden + 1;
			forbidden = find(json, start);
		}
		return escaped.append(json, start, json.length()).toString();
	}

	/**
	 * Names the first character that cannot travel.
	 * @param text the text
	 * @return its code point and its place, such as {@code U+FFFE at index 3};
	 * {@code null} if all of the text can travel
	 */
	public static @Nullable String faultOf(String text) {
		int forbidden = find(text, 0);
		return (forbidden >= 0)
				? String.format(Locale.ROOT, "U+%04X at index %d", (int) text.charAt(forbidden), forbidden) : null;
	}

	// Each forbidden code point is a single char.
	private static int find(String text, int from) {
		int index = from;
		while (index < text.length()) {
			int codePoint = text.codePointAt(index);
			if (!isAllowed(codePoint)) {
				return index;
			}
			index += Character.charCount(codePoint);
		}
		return -1;
	}

	private static boolean isAllowed(int codePoint) {
		if (codePoint < ' ') {
			return codePoint == '\t' || codePoint == '\n' || codePoint == '\r';
		}
		return codePoint < Character.MIN_SURROGATE
				|| (codePoint > Character.MAX_SURROGATE && codePoint <= LAST_BEFORE_NONCHARACTERS)
				|| Character.isSupplementaryCodePoint(codePoint);
	}

}
