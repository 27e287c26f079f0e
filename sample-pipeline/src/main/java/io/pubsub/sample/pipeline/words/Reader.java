package io.pubsub.sample.pipeline.words;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.pubsub.MessageContext;

import org.springframework.stereotype.Component;

/**
 * Takes sentences apart. So that there is something to see, the first look at a question
 * fails, and digits are nothing that it can read.
 */
@Component
class Reader {

	private static final Pattern DIGIT = Pattern.compile("\\d");

	private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}']+");

	/**
	 * Gives the words of a sentence.
	 * @param sentence the sentence
	 * @return the words in their order, in lower case
	 * @throws UnreadableSentenceException if it has a digit
	 */
	Stream<String> words(Sentence sentence) {
		if (DIGIT.matcher(sentence.text()).find()) {
			throw new UnreadableSentenceException("a sentence has letters only");
		}
		MessageContext context = MessageContext.current();
		if (sentence.text().endsWith("?") && context != null && context.attempt() == 1) {
			throw new IllegalStateException("a question needs a second look");
		}
		return BETWEEN_WORDS.splitAsStream(sentence.text().toLowerCase(Locale.ROOT)).filter((word) -> !word.isEmpty());
	}

}
