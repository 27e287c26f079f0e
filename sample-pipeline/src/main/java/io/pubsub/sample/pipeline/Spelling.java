package io.pubsub.sample.pipeline;

import java.util.Collection;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * Finds what a misspelt name was meant to be.
 */
final class Spelling {

	private Spelling() {
	}

	/**
	 * Finds the known name that is most like another one.
	 * @param name the name
	 * @param known the names that there are
	 * @return the nearest one; {@code null} if none is near
	 */
	static @Nullable String nearest(String name, Collection<String> known) {
		int far = Math.max(2, name.length() / 2);
		return known.stream()
			.filter((other) -> distance(name, other) <= far)
			.min(Comparator.comparingInt((other) -> distance(name, other)))
			.orElse(null);
	}

	// The number of characters to put in, to take out or to change.
	private static int distance(String one, String other) {
		int[] row = new int[other.length() + 1];
		for (int j = 0; j <= other.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= one.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int changed = diagonal + ((one.charAt(i - 1) != other.charAt(j - 1)) ? 1 : 0);
				diagonal = row[j];
				row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[other.length()];
	}

}
