package io.pubsub.benchmarks.scenario;

import java.util.List;

import io.pubsub.MessageSchema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.PositiveOrZero;

/**
 * The content of the messages of pipelines: a text of {@value #WORDS} words.
 *
 * @param sequence the number of the message, from 0
 * @param text the words, with a space between them
 */
@MessageSchema(mediaType = Sentence.MEDIA_TYPE)
public record Sentence(@PositiveOrZero int sequence, @NotBlank String text) {

	/** The media type of the message. */
	public static final String MEDIA_TYPE = "application/vnd.pubsub.benchmark.sentence";

	/** The number of words in each text. */
	public static final int WORDS = 10;

	private static final List<String> VOCABULARY = List.of("Ada", "Brews", "Coffee", "Daily", "Except", "Fridays",
			"Given", "Her", "Immense", "Joy", "Kettles", "Love", "Mondays", "Never", "Often", "Past", "Quarter", "Rest",
			"Stays", "Tea", "Under", "Various", "Warm", "Xmas", "Yarns", "Zealously");

	/**
	 * Make a sentence, which depends on its number.
	 * @param sequence the number of the message
	 * @return the sentence
	 */
	public static Sentence of(int sequence) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < WORDS; i++) {
			// 7 and 26 have no common factor, so that all words come equally often.
			text.append((i == 0) ? "" : " ").append(VOCABULARY.get((sequence + 7 * i) % VOCABULARY.size()));
		}
		return new Sentence(sequence, text.toString());
	}

	/**
	 * Take the text apart.
	 * @return the words
	 */
	public List<String> words() {
		return List.of(this.text.split(" "));
	}

}
