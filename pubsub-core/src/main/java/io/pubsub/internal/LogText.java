package io.pubsub.internal;

import org.jspecify.annotations.Nullable;

/**
 * Text that may hold anything, as it may stand in a log line, in a field of the log
 * context or in the text of an exception: on one line, without characters that steer a
 * terminal or turn the direction of reading, and of bounded size.
 */
public final class LogText {

	/**
	 * The size of a whole log line. It leaves room for what a log pattern puts before it,
	 * the log context included.
	 */
	public static final int LINE = 2_000;

	/**
	 * The size of one part of a log line, such as an id, an address or a reason.
	 */
	public static final int PART = 500;

	private static final int LAST_OF_ONE_BYTE = 0x7F;

	private static final int LAST_OF_TWO_BYTES = 0x7FF;

	private LogText() {
	}

	/**
	 * Cleans and bounds one part of a log line.
	 * @param thing the thing, shown by its {@link Object#toString()}, or by the name of
	 * its class if that fails
	 * @return at most {@link #PART} bytes, and how much is left out
	 */
	public static String of(@Nullable Object thing) {
		return of(thing, PART);
	}

	/**
	 * Cleans and bounds text.
	 * @param thing the thing, shown by its {@link Object#toString()}, or by the name of
	 * its class if that fails
	 * @param maxBytes the size in UTF-8 to which the text is cut
	 * @return the text with a space for each character that is not printable, cut, and
	 * how much is left out
	 */
	public static String of(@Nullable Object thing, int maxBytes) {
		String text = textOf(thing);
		StringBuilder shown = new StringBuilder(Math.min(text.length(), maxBytes));
		int next = 0;
		int bytes = 0;
		while (next < text.length()) {
			int character = text.codePointAt(next);
			bytes += bytesOf(character);
			if (bytes > maxBytes) {
				return shown.append("… (%d more characters)".formatted(text.length() - next)).toString();
			}
			shown.appendCodePoint(isPrintable(character) ? character : ' ');
			next += Character.charCount(character);
		}
		return shown.toString();
	}

	/**
	 * An exception whose stack trace may be logged.
	 * @param thrown the exception
	 * @return the exception itself if nothing in its chain has to be cleaned or cut; or
	 * else a copy that shows the classes, the stack traces and the clean texts
	 */
	public static Throwable printable(Throwable thrown) {
		return PrintableException.of(thrown);
	}

	private static String textOf(@Nullable Object thing) {
		if (thing == null) {
			return "null";
		}
		try {
			String text = thing.toString();
			return (text != null) ? text : thing.getClass().getName();
		}
		catch (RuntimeException | StackOverflowError ex) {
			return thing.getClass().getName();
		}
	}

	private static int bytesOf(int character) {
		if (character <= LAST_OF_ONE_BYTE) {
			return 1;
		}
		return (character <= LAST_OF_TWO_BYTES) ? 2 : Character.charCount(character) + 2;
	}

	// Formats are, among others, the marks that turn the direction of reading.
	private static boolean isPrintable(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
