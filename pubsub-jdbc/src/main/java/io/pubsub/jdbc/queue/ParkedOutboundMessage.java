package io.pubsub.jdbc.queue;

import java.time.Instant;

import io.pubsub.transport.OutboundMessage;

/**
 * A message of an outbox that was given up, and waits for somebody to release or discard
 * it.
 *
 * @param id the id of the message in the outbox
 * @param message the message
 * @param attempts the number of attempts that were made at it
 * @param reason the reason why it was refused
 * @param producedAt the time at which it was produced
 * @param parkedAt the time at which it was given up
 * @since 0.1.0
 */
public record ParkedOutboundMessage(String id, OutboundMessage message, int attempts, String reason, Instant producedAt,
		Instant parkedAt) {
}
