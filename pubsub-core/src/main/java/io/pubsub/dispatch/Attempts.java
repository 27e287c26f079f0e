package io.pubsub.dispatch;

import io.pubsub.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How often a message may be tried.
 *
 * @param max the number of attempts after which a message is given up, at least 1
 */
record Attempts(int max) {

	static final Attempts UNLIMITED = new Attempts(Integer.MAX_VALUE);

	Attempts {
		if (max < 1) {
			throw new IllegalArgumentException("the maximum of attempts must be at least 1, not " + max);
		}
	}

	static Attempts of(@Nullable Integer max) {
		return (max != null) ? new Attempts(max) : UNLIMITED;
	}

	/**
	 * Whether an attempt is one too many: its message is given up without being handled.
	 * @param attempt the attempt
	 * @return {@code true} if it is
	 */
	boolean isOver(int attempt) {
		return attempt > this.max;
	}

	/**
	 * Whether a message has used up its attempts.
	 * @param attempt the attempt that has ended
	 * @param outcome its outcome, which does not acknowledge
	 * @return {@code true} if it has
	 */
	boolean isUsedUp(int attempt, Outcome outcome) {
		return outcome.tried() ? attempt >= this.max : outcome.kind() == Outcome.Kind.FAILED && isOver(attempt);
	}

	/**
	 * The outcome of a message that is given up without being handled.
	 * @return an outcome that failed
	 */
	static Outcome exceeded() {
		return new Outcome(Outcome.Kind.FAILED, false, DeadLetterReason.ATTEMPTS.code(), null, null);
	}

}
