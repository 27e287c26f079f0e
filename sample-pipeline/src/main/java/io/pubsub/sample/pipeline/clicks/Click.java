package io.pubsub.sample.pipeline.clicks;

import java.time.Instant;

import io.pubsub.MessageGroupId;
import io.pubsub.MessageSchema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/**
 * A click. Those of a user are in one shard, in their order.
 *
 * @param user the user
 * @param page the page
 * @param at the time of the click
 */
@MessageSchema(mediaType = "application/vnd.example.pubsub.click")
record Click(@MessageGroupId @NotBlank String user, @NotBlank String page, @NotNull Instant at) {

}
