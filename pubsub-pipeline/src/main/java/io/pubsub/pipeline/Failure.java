package io.pubsub.pipeline;

import java.time.Duration;

import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.RejectMessageException;
import io.pubsub.dispatch.HandlingInterruptedException;

/**
 * How a leaf fails.
 *
 * @param outcome the outcome of its message, if nothing worse happens
 * @param finality whether another attempt may end better
 */
record Failure(Outcome outcome, Finality finality) {

	/**
	 * The failure of a leaf whose step throws.
	 * @param thrown the exception
	 * @return wanted again for a {@link NackException} and what was cut short, final for
	 * a {@link RejectMessageException}, else plain
	 */
	static Failure of(Throwable thrown) {
		if (thrown instanceof RejectMessageException) {
			return new Failure(Outcome.failed("rejected", thrown), Finality.FINAL);
		}
		if (thrown instanceof HandlingInterruptedException interrupted) {
			return new Failure(interrupted.outcome(true), Finality.AGAIN);
		}
		Finality finality = (thrown instanceof NackException) ? Finality.AGAIN : Finality.PLAIN;
		return new Failure(Outcome.of(thrown), finality);
	}

	/**
	 * This failure, whose reason names the stage if something is broken.
	 * @param stage the name of the stage
	 * @return the failure
	 */
	Failure in(String stage) {
		if (this.outcome.kind() != Outcome.Kind.FAILED) {
			return this;
		}
		String reason = (this.outcome.reason() != null) ? this.outcome.reason() : "failed";
		return new Failure(new Outcome(this.outcome.kind(), this.outcome.tried(), reason + " in stage " + stage,
				this.outcome.retryAfter(), this.outcome.cause()), this.finality);
	}

	/**
	 * The failure of a leaf that can never succeed, as its stage knows.
	 * @param stage the name of the stage
	 * @param thrown the exception of its step
	 * @return a final failure
	 */
	static Failure rejected(String stage, Throwable thrown) {
		return of(new RejectedByStageException(stage, thrown));
	}

	/**
	 * The failure of what was not done before the end of the time for a stop.
	 * @return a failure that uses up no attempt
	 */
	static Failure stopped() {
		return new Failure(Outcome.untried(Duration.ZERO, "stopped"), Finality.AGAIN);
	}

	/**
	 * The failure of leaves whose message the source could not keep.
	 * @return a failure of which nothing will be carried out
	 */
	static Failure lost() {
		return new Failure(HandlingInterruptedException.lost().outcome(true), Finality.AGAIN);
	}

	/**
	 * The failure of an element that would have been one too many for the side door.
	 * @return a failure that uses up no attempt
	 */
	static Failure halted() {
		return new Failure(Outcome.untried(null, "halted"), Finality.AGAIN);
	}

	/**
	 * The failure of an element that the side door could not take.
	 * @param thrown the exception of the side door
	 * @return a failure that another attempt may mend
	 */
	static Failure notTaken(Throwable thrown) {
		return new Failure(Outcome.failed("side-door", thrown), Finality.AGAIN);
	}

	/**
	 * Has the stack of its cause only: where it was made says nothing.
	 */
	private static final class RejectedByStageException extends RejectMessageException {

		RejectedByStageException(String stage, Throwable cause) {
			super("stage " + stage + " can never succeed with an element", cause);
		}

		@Override
		public Throwable fillInStackTrace() {
			return this;
		}

	}

	/**
	 * Whether another attempt may end better.
	 */
	enum Finality {

		/** It may, and is wanted: the failure says nothing of the element. */
		AGAIN,

		/** It may, if there is another attempt. */
		PLAIN,

		/** It can not. */
		FINAL

	}

}
