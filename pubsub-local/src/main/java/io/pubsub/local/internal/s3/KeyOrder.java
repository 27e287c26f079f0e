package io.pubsub.local.internal.s3;

import java.util.Comparator;

/**
 * The order of keys in lists: that of their bytes in UTF-8, which is that of their code
 * points. It is not that of strings, where surrogates come before U+E000.
 */
final class KeyOrder implements Comparator<String> {

	private static final int SURROGATES = Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1;

	@Override
	public int compare(String one, String other) {
		int shorter = Math.min(one.length(), other.length());
		for (int i = 0; i < shorter; i++) {
			if (one.charAt(i) != other.charAt(i)) {
				return place(one.charAt(i)) - place(other.charAt(i));
			}
		}
		return one.length() - other.length();
	}

	private static int place(char c) {
		if (Character.isSurrogate(c)) {
			return c + Character.MAX_VALUE;
		}
		return (c > Character.MAX_SURROGATE) ? c - SURROGATES : c;
	}

}
