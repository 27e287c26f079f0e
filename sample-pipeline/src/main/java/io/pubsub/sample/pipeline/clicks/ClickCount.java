package io.pubsub.sample.pipeline.clicks;

import java.time.Instant;

import io.pubsub.MessageGroupId;
import io.pubsub.MessageSchema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

/**
 * A number of clicks on a page in a window of time. The number of all its clicks is the
 * sum of its parts.
 *
 * @param page the page
 * @param from the begin of the window
 * @param clicks the number of clicks in this part
 */
@MessageSchema(mediaType = "application/vnd.example.pubsub.click-count")
record ClickCount(@MessageGroupId @NotBlank String page, @NotNull Instant from, @Positive long clicks) {

}
