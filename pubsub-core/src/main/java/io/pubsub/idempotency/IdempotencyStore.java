package io.pubsub.idempotency;

import java.util.concurrent.Callable;

import io.pubsub.Outcome;

/**
 * Remembers the keys of messages that are being handled, and of those that were.
 * <p>
 * Of all that claim a key at the same time, one is granted the claim. It lasts until it
 * is completed or released; that of a process that died lasts for a time and then passes
 * to whoever asks next. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface IdempotencyStore {

	/**
	 * Asks whether a message may be handled. A claim that is granted shows to everybody
	 * at once, whatever becomes of a transaction of the caller.
	 * @param key the key of the message
	 * @return the answer; one that is {@link Claim.State#NEW} has to be completed or
	 * released
	 */
	Claim claim(String key);

	/**
	 * Lets a claim last for a whole lease from now on, whatever becomes of a transaction
	 * of the caller: its message is still in work. By default it lasts no longer, which
	 * is safe, because a claim that has passed to somebody else cannot be completed.
	 * @param claim the claim, as it was granted
	 * @throws ClaimLostException if the claim was completed or has passed to somebody
	 * else
	 */
	default void renew(Claim claim) {
	}

	/**
	 * Says that a message is done, as part of the transaction that the call is made in.
	 * @param claim the claim, as it was granted
	 * @throws ClaimLostException if the claim has passed to somebody else
	 */
	void complete(Claim claim);

	/**
	 * Gives a claim back, so that the message may be handled again. Does nothing if the
	 * claim was completed or has passed to somebody else.
	 * @param claim the claim, as it was granted
	 */
	void release(Claim claim);

	/**
	 * Ends a claim outside of a transaction of its handler: it is completed, in a
	 * transaction of its own if the store has such, if the message is acknowledged, and
	 * released if not.
	 * @param claim the claim, as it was granted
	 * @param outcome the outcome of the message
	 * @throws ClaimLostException if the message is acknowledged, but the claim has passed
	 * to somebody else
	 * @throws Exception if the store fails
	 */
	default void settle(Claim claim, Outcome outcome) throws Exception {
		if (outcome.kind().isAcknowledged()) {
			inTransaction(() -> {
				complete(claim);
				return outcome;
			});
		}
		else {
			release(claim);
		}
	}

	/**
	 * Does the work of a handler, in a transaction if the store has such. It is committed
	 * if the work ends with an outcome that acknowledges, and rolled back if not.
	 * @param work the work, which completes its claim in the end
	 * @return the result of the work
	 * @throws Exception an exception of the work, or of the commit
	 */
	default Outcome inTransaction(Callable<Outcome> work) throws Exception {
		return work.call();
	}

}
