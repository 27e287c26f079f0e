package io.pubsub.transport;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A running source.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface Subscription {

	/**
	 * Asks for no more messages until {@link #resume()}. What was asked for before may
	 * still come.
	 */
	void pause();

	/**
	 * Ends a pause.
	 */
	void resume();

	/**
	 * Asks for messages only while fewer than a number are in flight, or asked for
	 * already. What is in flight stays so, and what was asked for before may still come.
	 * By default, a source pauses at 0, and resumes at anything else.
	 * @param messages the number; 0 is a pause, {@link Integer#MAX_VALUE} the end of it
	 */
	default void limit(int messages) {
		if (messages == 0) {
			pause();
		}
		else {
			resume();
		}
	}

	/**
	 * Changes how many messages the receiver works on at the same time, and with it how
	 * many are handed over. What is in flight stays so.
	 * @param concurrency the number, from 1 to {@link Receiver#MAX_CONCURRENCY}
	 */
	void concurrency(int concurrency);

	/**
	 * Stops: asks for no more messages, hands back what no receiver has begun, waits for
	 * what has been begun, and carries out what was settled. Blocks until that is done.
	 * Calling it again waits for the same end.
	 * @param drain the longest time to wait for what has been begun; what is unsettled
	 * after that is left to the source, which delivers it again unless a late settlement
	 * still reaches it
	 */
	void stop(Duration drain);

	/**
	 * The end of a source that can end, such as a file.
	 * @return completes when all that the source had was handed over and settled; for a
	 * queue, when the subscription is stopped. It fails if the source could not be read
	 * to its end, or gave some of it up
	 */
	CompletionStage<Void> exhausted();

	/**
	 * The state of the source.
	 * @return the state at this moment
	 */
	State state();

	/**
	 * The number of deliveries that were handed over and are not settled.
	 * @return the number at this moment
	 */
	int inFlight();

	/**
	 * The states of a source.
	 */
	enum State {

		/** Asking for messages, or full. */
		RECEIVING,

		/** Waiting before it asks again, because asking failed. */
		BACKING_OFF,

		/** Not asking because it was told so. */
		PAUSED,

		/** At its end, or told to stop. */
		STOPPED

	}

}
