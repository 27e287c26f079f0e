package io.pubsub.dispatch;

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

}
