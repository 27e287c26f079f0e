package io.pubsub.internal;

import org.jspecify.annotations.Nullable;

/**
 * A whole number in text from outside.
 */
public final class ForeignNumber {

	private ForeignNumber() {
	}

	/**
	 * Reads a number. What cannot be one counts as absent: a stranger's mistake is no
	 * reason to lose a message.
	 * @param text the text; {@code null} if there is none
	 * @param least the least number that makes sense
	 * @param most the greatest number that makes sense
	 * @return the number, or {@code null} if the text is none or has one that makes no
	 * sense
	 */
	public static @Nullable Long of(@Nullable String text, long least, long most) {
		if (text == null) {
			return null;
		}
		try {
			long number = Long.parseLong(text.strip());
			return (least <= number && number <= most) ? number : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
