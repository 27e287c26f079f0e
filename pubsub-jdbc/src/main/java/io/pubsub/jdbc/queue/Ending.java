package io.pubsub.jdbc.queue;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a message that is claimed.
 *
 * @param claim the claim
 * @param kind the kind of the end
 * @param delay the delay of the next attempt, if there is one
 * @param reason the reason why it is given up, if it is
 */
record Ending(Claim claim, Kind kind, Duration delay, @Nullable String reason) {

	static Ending done(Claim claim) {
		return new Ending(claim, Kind.DONE, Duration.ZERO, null);
	}

	static Ending retry(Claim claim, Duration delay) {
		return new Ending(claim, Kind.RETRY, delay, null);
	}

	static Ending untried(Claim claim, Duration delay) {
		return new Ending(claim, Kind.UNTRIED, delay, null);
	}

	static Ending park(Claim claim, String reason) {
		return new Ending(claim, Kind.PARK, Duration.ZERO, reason);
	}

	/**
	 * What becomes of a message.
	 */
	enum Kind {

		/** It is done with. */
		DONE,

		/** It is to be tried again. */
		RETRY,

		/** It is to be tried, because it was not. */
		UNTRIED,

		/** It is given up. */
		PARK;

		boolean isTriedAgain() {
			return this == RETRY || this == UNTRIED;
		}

	}

}
