package io.pubsub.benchmarks.pipeline;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts words. Different words may be counted at the same time, each by one thread after
 * the other: that is what lanes are for.
 */
final class WordCounts {

	private final Map<String, Counter> counters = new ConcurrentHashMap<>();

	/**
	 * Count a word.
	 * @param word the word
	 * @return the number of times that it has come
	 */
	WordCount count(String word) {
		return new WordCount(word, this.counters.computeIfAbsent(word, (none) -> new Counter()).next());
	}

	private static final class Counter {

		private int value;

		int next() {
			this.value++;
			return this.value;
		}

	}

}
