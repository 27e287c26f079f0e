package io.pubsub.idempotency;

/**
 * Thrown when a message was handled for so long that its claim has passed to somebody
 * else.
 *
 * @since 0.1.0
 */
public final class ClaimLostException extends RuntimeException {

	/**
	 * Makes an exception.
	 * @param claim the claim that is lost
	 */
	public ClaimLostException(Claim claim) {
		super("handling the message with the idempotency key '%s' took longer than its claim lasts,"
			.formatted(claim.key()) + " and somebody else has it now: let claims last longer than handlers take");
	}

}
