package io.pubsub.sample.pipeline.words;

import io.pubsub.MessageSchema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

/**
 * The number of times that a word has come until now.
 *
 * @param word the word, in lower case
 * @param count the number
 */
@MessageSchema(mediaType = "application/vnd.example.pubsub.word-count")
record WordCount(@NotBlank String word, @Positive long count) {

}
