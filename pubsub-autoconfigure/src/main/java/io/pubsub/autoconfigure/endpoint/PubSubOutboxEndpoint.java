package io.pubsub.autoconfigure.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.pubsub.internal.DurationText;
import io.pubsub.jdbc.queue.JdbcOutbox;
import io.pubsub.jdbc.queue.OutboxState;
import io.pubsub.jdbc.queue.ParkedOutboundMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows the outbox and its oldest parked messages, without their contents, and releases
 * or discards them.
 */
@Endpoint(id = "pubsuboutbox")
final class PubSubOutboxEndpoint {

	private static final int MOST_SHOWN = 100;

	private final JdbcOutbox outbox;

	PubSubOutboxEndpoint(JdbcOutbox outbox) {
		this.outbox = outbox;
	}

	@ReadOperation
	Entry describe() {
		OutboxState state = this.outbox.state();
		return new Entry(this.outbox.name(), state.waiting(), state.parked(),
				(state.oldest() != null) ? DurationText.of(state.oldest()) : null, state.failing(),
				this.outbox.relayed(), this.outbox.parked(MOST_SHOWN).stream().map(Parked::of).toList());
	}

	@WriteOperation
	Map<String, Integer> releaseAll(@Selector Action action) {
		return Map.of("released", this.outbox.releaseAll());
	}

	@WriteOperation
	Entry release(@Selector String id, @Selector Action action) {
		check(this.outbox.release(id));
		return describe();
	}

	@DeleteOperation
	Entry discard(@Selector String id) {
		check(this.outbox.discard(id));
		return describe();
	}

	private static void check(boolean parked) {
		if (!parked) {
			throw new InvalidEndpointRequestException("No message of this id is parked",
					"it may have been released or discarded by somebody else");
		}
	}

	/**
	 * What is done with parked messages.
	 */
	enum Action {

		/** They are published again. */
		RELEASE

	}

	/**
	 * The outbox at one moment.
	 *
	 * @param name the name of the outbox
	 * @param waiting the number of messages that are not published yet
	 * @param parked the number of messages that were given up
	 * @param oldest the age of the oldest message that waits
	 * @param failing the addresses that this process cannot publish to, with the reasons
	 * @param relayed the number of messages that this process has published
	 * @param messages the oldest parked messages
	 */
	record Entry(String name, long waiting, long parked, @Nullable String oldest, Map<String, String> failing,
			long relayed, List<Parked> messages) {

	}

	/**
	 * A parked message.
	 *
	 * @param id the id of the message in the outbox
	 * @param mediaType the media type
	 * @param address the address
	 * @param group the group, if there is one
	 * @param attempts the number of refusals
	 * @param reason the reason of the last one
	 * @param producedAt the time at which it was produced
	 * @param parkedAt the time at which it was given up
	 */
	record Parked(String id, String mediaType, String address, @Nullable String group, int attempts, String reason,
			Instant producedAt, Instant parkedAt) {

		static Parked of(ParkedOutboundMessage parked) {
			return new Parked(parked.id(), parked.message().mediaType().value(), parked.message().address(),
					parked.message().groupId(), parked.attempts(), parked.reason(), parked.producedAt(),
					parked.parkedAt());
		}

	}

}
