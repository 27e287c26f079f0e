package io.pubsub.sample.pipeline.words;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/**
 * Knows how often each word has come, and which of that the broker has. A sentence that
 * comes again is counted again: a service would keep its counts where it can tell.
 */
@Component
class WordCounts {

	private final Map<String, Long> counts = new ConcurrentHashMap<>();

	private final Map<String, Long> published = new ConcurrentHashMap<>();

	/**
	 * Counts a word.
	 * @param word the word
	 * @return the count with this one
	 */
	WordCount add(String word) {
		return new WordCount(word, this.counts.merge(word, 1L, Long::sum));
	}

	/**
	 * Takes note of counts that the broker has.
	 * @param batch the counts
	 */
	void published(Collection<WordCount> batch) {
		batch.forEach((count) -> this.published.merge(count.word(), count.count(), Math::max));
	}

	/**
	 * The highest count of each word that was published.
	 * @return the counts by word
	 */
	Map<String, Long> published() {
		return Map.copyOf(this.published);
	}

}
