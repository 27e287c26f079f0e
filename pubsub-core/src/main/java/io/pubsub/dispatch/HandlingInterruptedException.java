package io.pubsub.dispatch;

import java.time.Duration;

import io.pubsub.Outcome;
import io.pubsub.internal.DurationText;

/**
 * Tells that the work on a message was cut short from outside. It is the cause of the
 * outcome of that message.
 *
 * @since 0.1.0
 */
public final class HandlingInterruptedException extends Exception {

	private final Reason reason;

	private HandlingInterruptedException(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	/**
	 * The loss of a message that could not be kept hidden from others.
	 * @return a new exception
	 */
	public static HandlingInterruptedException lost() {
		return new HandlingInterruptedException(Reason.LOST, "the message could not be kept");
	}

	/**
	 * The end of the work of a handler that takes too long.
	 * @param limit the longest time
	 * @return a new exception
	 */
	public static HandlingInterruptedException timeout(Duration limit) {
		return timeout("the handler", limit);
	}

	/**
	 * The end of work that takes too long.
	 * @param worker the name of what does the work
	 * @param limit the longest time
	 * @return a new exception
	 */
	public static HandlingInterruptedException timeout(String worker, Duration limit) {
		return new HandlingInterruptedException(Reason.TIMEOUT, worker + " took longer than " + DurationText.of(limit));
	}

	/**
	 * The reason of the interruption.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * The outcome of the message.
	 * @param tried whether its handler was called
	 * @return an outcome that failed
	 */
	public Outcome outcome(boolean tried) {
		return new Outcome(Outcome.Kind.FAILED, tried, this.reason.code, null, this);
	}

	/**
	 * The reasons to cut short the work on a message.
	 */
	public enum Reason {

		/**
		 * The message could not be kept hidden from others: somebody else may have it. It
		 * is neither acknowledged nor handed back.
		 */
		LOST("lost"),

		/** The handler took too long. */
		TIMEOUT("timeout");

		private final String code;

		Reason(String code) {
			this.code = code;
		}

		@Override
		public String toString() {
			return this.code;
		}

	}

}
