package io.pubsub.autoconfigure.scan;

import io.pubsub.MessageSchema;
import jakarta.validation.constraints.NotBlank;

/**
 * A schema that is found by scanning.
 *
 * @param text some text
 */
@MessageSchema(resource = "scanned")
public record ScannedMessage(@NotBlank String text) {

}
