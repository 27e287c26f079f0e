package io.pubsub.jdbc.queue;

import java.util.Objects;

import io.pubsub.MediaType;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message that is claimed.
 *
 * @param row the id of its row
 * @param token the token of the claim
 * @param attempt the number of this attempt, from 1
 * @param message the message
 * @param address the address to publish it to, if it is one of an outbox
 * @param mediaType its media type, if it is one of an outbox
 * @param deduplicationId its deduplication id, if it has one
 */
record Claim(long row, String token, int attempt, InboundMessage message, @Nullable String address,
		@Nullable String mediaType, @Nullable String deduplicationId) {

	String id() {
		return this.message.id();
	}

	/**
	 * The message as it was produced, if it is one of an outbox.
	 * @return the message
	 */
	OutboundMessage outbound() {
		return new OutboundMessage(Objects.requireNonNull(this.address, () -> "row " + this.row + " has no address"),
				new MediaType(Objects.requireNonNull(this.mediaType, () -> "row " + this.row + " has no media type")),
				this.message.body(), this.message.attributes(), this.message.groupId(), this.deduplicationId);
	}

	// Whoever has the token has the claim: there is no need to compare what is in it.
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Claim claim && this.row == claim.row && this.token.equals(claim.token);
	}

	@Override
	public int hashCode() {
		return Long.hashCode(this.row) ^ this.token.hashCode();
	}

}
