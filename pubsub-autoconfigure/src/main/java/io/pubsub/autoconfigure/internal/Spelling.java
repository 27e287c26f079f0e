package io.pubsub.autoconfigure.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Finds the word that was meant: the one that is at most a quarter of its letters away,
 * and three letters at most. A letter that is missing, added or replaced, and two that
 * are swapped, count as one.
 */
public final class Spelling {

	private static final int LETTERS_PER_MISTAKE = 4;

	private static final int MOST_MISTAKES = 3;

	private Spelling() {
	}

	/**
	 * The word that was meant.
	 * @param word the word as it was written
	 * @param known the words that there are
	 * @return the nearest of them, or {@code null} if none is near
	 */
	public static @Nullable String nearest(String word, Collection<String> known) {
		Map<String, Integer> distances = known.stream()
			.distinct()
			.collect(Collectors.toMap(Function.identity(), (other) -> distance(word, other)));
		return distances.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() <= tolerance(entry.getKey()))
			.min(Map.Entry.<String, Integer>comparingByValue()
				.thenComparing(Map.Entry::getKey, Comparator.naturalOrder()))
			.map(Map.Entry::getKey)
			.orElse(null);
	}

	private static int tolerance(String word) {
		return Math.min(Math.max(word.length() / LETTERS_PER_MISTAKE, 1), MOST_MISTAKES);
	}

	private static int distance(String first, String second) {
		int[][] distances = new int[first.length() + 1][second.length() + 1];
		for (int i = 0; i <= first.length(); i++) {
			for (int j = 0; j <= second.length(); j++) {
				distances[i][j] = distance(first, second, i, j, distances);
			}
		}
		return distances[first.length()][second.length()];
	}

	private static int distance(String first, String second, int i, int j, int[][] distances) {
		if (i == 0 || j == 0) {
			return i + j;
		}
		int replaced = distances[i - 1][j - 1] + ((first.charAt(i - 1) == second.charAt(j - 1)) ? 0 : 1);
		int shortest = Math.min(replaced, Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
		boolean swapped = i > 1 && j > 1 && first.charAt(i - 1) == second.charAt(j - 2)
				&& first.charAt(i - 2) == second.charAt(j - 1);
		return swapped ? Math.min(shortest, distances[i - 2][j - 2] + 1) : shortest;
	}

}
