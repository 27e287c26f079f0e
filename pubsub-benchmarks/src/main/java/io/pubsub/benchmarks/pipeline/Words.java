package io.pubsub.benchmarks.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The steps of the job, for contenders that keep track of messages by hand. Safe for use
 * by many threads, one for each lane.
 */
final class Words {

	private final Decoder decoder = new Decoder();

	private final WordCounts counts = new WordCounts();

	private final Messages messages;

	Words(Messages messages) {
		this.messages = messages;
	}

	/**
	 * Decode a message, and take it apart.
	 * @param sequence the number of the message
	 * @return its words
	 */
	List<Word> of(int sequence) {
		List<String> texts = this.decoder.decode(this.messages.get(sequence)).words();
		Origin origin = new Origin(sequence, texts.size());
		List<Word> words = new ArrayList<>(texts.size());
		for (String text : texts) {
			words.add(new Word(origin, normalized(text)));
		}
		return words;
	}

	/**
	 * Decode messages, take them apart, and sort their words by lane.
	 * @param sequences the numbers of the messages
	 * @return the words of each lane
	 */
	List<List<Word>> byLane(List<Integer> sequences) {
		List<List<Word>> lanes = Stream.generate(() -> (List<Word>) new ArrayList<Word>()).limit(Setup.LANES).toList();
		for (int sequence : sequences) {
			of(sequence).forEach((word) -> lanes.get(word.lane()).add(word));
		}
		return lanes;
	}

	/**
	 * Give a word the form in which it is counted.
	 * @param word the word
	 * @return the word in small letters
	 */
	static String normalized(String word) {
		return word.toLowerCase(Locale.ROOT);
	}

	/**
	 * Count a word.
	 * @param word the word
	 * @return the count
	 */
	Counted count(Word word) {
		return new Counted(word.origin(), this.counts.count(word.text()));
	}

}
