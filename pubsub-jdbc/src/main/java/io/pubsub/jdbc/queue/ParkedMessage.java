package io.pubsub.jdbc.queue;

import java.time.Instant;

import io.pubsub.transport.InboundMessage;

/**
 * A message that was given up, and waits for somebody to release or discard it.
 *
 * @param message the message
 * @param attempts the number of attempts that were made at it
 * @param reason the reason why it was given up
 * @param parkedAt the time at which it was given up
 * @since 0.1.0
 */
public record ParkedMessage(InboundMessage message, int attempts, String reason, Instant parkedAt) {

}
