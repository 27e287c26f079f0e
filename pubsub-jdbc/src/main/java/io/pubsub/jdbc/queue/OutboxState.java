package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The state of an outbox at one moment.
 *
 * @param waiting the number of messages that are not published yet, parked ones apart
 * @param parked the number of messages that were given up
 * @param oldest the age of the oldest message that waits; {@code null} if there is none
 * @param failing the addresses that this process cannot publish to at the moment, each
 * with the reason
 * @since 0.1.0
 */
public record OutboxState(long waiting, long parked, @Nullable Duration oldest, Map<String, String> failing) {
}
