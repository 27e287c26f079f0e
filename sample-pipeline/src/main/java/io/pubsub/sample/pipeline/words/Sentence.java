package io.pubsub.sample.pipeline.words;

import io.pubsub.MessageSchema;
import jakarta.validation.constraints.NotBlank;

/**
 * A sentence.
 *
 * @param text the words, with whatever is between them
 */
@MessageSchema(mediaType = Sentence.MEDIA_TYPE)
record Sentence(@NotBlank String text) {

	static final String MEDIA_TYPE = "application/vnd.example.pubsub.sentence";

}
