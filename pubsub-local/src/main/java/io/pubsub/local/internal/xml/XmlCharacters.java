package io.pubsub.local.internal.xml;

/**
 * The characters that XML 1.0 has no way to write.
 */
public final class XmlCharacters {

	private static final char FIRST_NONCHARACTER = '\uFFFE';

	private XmlCharacters() {
	}

	// Surrogates are in pairs: what is read from UTF-8 has no others.
	static boolean isForbidden(char c) {
		return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c >= FIRST_NONCHARACTER;
	}

	/**
	 * Return whether XML can hold a text.
	 * @param text the text
	 * @return whether each of its characters is allowed
	 */
	public static boolean areAllowed(String text) {
		return text.chars().noneMatch((c) -> isForbidden((char) c));
	}

}
