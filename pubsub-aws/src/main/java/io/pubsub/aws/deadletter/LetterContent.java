package io.pubsub.aws.deadletter;

import java.util.Map;

/**
 * A letter with its content. Immutable.
 *
 * @param letter the letter, without its content
 * @param body its body
 * @param attributes its attributes, those that make it a dead letter too; binary ones are
 * Base64 text
 * @since 0.1.0
 */
public record LetterContent(Letter letter, String body, Map<String, String> attributes) {

	public LetterContent {
		attributes = Map.copyOf(attributes);
	}

	/**
	 * Names the letter without its content, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "LetterContent[" + this.letter.id() + "]";
	}

}
