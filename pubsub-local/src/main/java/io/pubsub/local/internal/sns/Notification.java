package io.pubsub.local.internal.sns;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A message that a topic took.
 *
 * @param id its message id
 * @param request the message as it was published
 * @param timestamp the time at which it was taken
 * @param sequenceNumber its place in a FIFO topic, {@code null} on a standard one
 */
record Notification(String id, PublishRequest request, Instant timestamp, @Nullable String sequenceNumber) {

}
