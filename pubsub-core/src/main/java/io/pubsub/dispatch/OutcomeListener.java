package io.pubsub.dispatch;

import io.pubsub.transport.Settlement;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what becomes of every delivery, for metrics and error reporters.
 * <p>
 * Must be safe for use by many threads. What it throws is logged and changes nothing.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface OutcomeListener {

	/**
	 * A delivery has an outcome, and was settled by it.
	 * <p>
	 * Called on the handler's thread. A source may still be carrying the settlement out:
	 * {@link #onSettled} follows.
	 * @param result the outcome, and what is known of the delivery
	 */
	void onOutcome(DispatchResult result);

	/**
	 * The source has carried out how a delivery was settled, or could not.
	 * <p>
	 * Called after {@link #onOutcome}, on any thread, which it must not block.
	 * @param result the outcome, and what is known of the delivery
	 * @param settlement the end of the delivery; a message that is
	 * {@link Settlement#LOST} will be delivered again, whatever its outcome was
	 */
	default void onSettled(DispatchResult result, Settlement settlement) {
	}

	/**
	 * A message has become a dead letter, or was to become one.
	 * <p>
	 * Called on the thread of the destination, after the delivery was settled.
	 * @param result the outcome, and what is known of the delivery
	 * @param reason the reason why it can never be handled
	 * @param failure the reason why the dead letter was not sent, so that the message was
	 * handed back; {@code null} if it has arrived
	 */
	default void onDeadLetter(DispatchResult result, DeadLetterReason reason, @Nullable Throwable failure) {
	}

}
