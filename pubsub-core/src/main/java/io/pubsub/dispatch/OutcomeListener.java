package io.pubsub.dispatch;

import org.jspecify.annotations.Nullable;

/**
 * Is told what became of every delivery, for metrics and error reporters (MC-63).
 * <p>
 * Called on the handler's thread, after the delivery was settled. Must be safe for use by
 * many threads. What it throws is logged and changes nothing.
 */
@FunctionalInterface
public interface OutcomeListener {

	/**
	 * A delivery has an outcome.
	 * @param result the outcome, and what is known of the delivery
	 */
	void onOutcome(DispatchResult result);

	/**
	 * A message has become a dead letter, or was to become one.
	 * <p>
	 * Called on the thread of the destination, after the delivery was settled.
	 * @param result the outcome, and what is known of the delivery
	 * @param reason the code of why it can never be handled
	 * @param failure why the dead letter was not sent, so that the message was handed
	 * back; {@code null} if it has arrived
	 */
	default void onDeadLetter(DispatchResult result, String reason, @Nullable Throwable failure) {
	}

}
