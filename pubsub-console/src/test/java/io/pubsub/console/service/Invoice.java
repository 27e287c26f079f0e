package io.pubsub.console.service;

import io.pubsub.MessageSchema;
import jakarta.validation.constraints.NotBlank;

/**
 * An invoice.
 *
 * @param number the number, whose first letter says what becomes of it
 */
@MessageSchema(mediaType = "application/vnd.example.pubsub._.created.invoice")
public record Invoice(@NotBlank String number) {

}
