package io.pubsub.sample;

import io.pubsub.MessageSchema;
import jakarta.validation.constraints.NotNull;

/**
 * A text that somebody said at some time.
 *
 * @param message the text
 * @param timestamp the time at which it was said, in seconds since 1970
 */
@MessageSchema(mediaType = "application/vnd.globality.pubsub.simple")
public record SimpleMessage(@NotNull String message, @NotNull Double timestamp) {

}
