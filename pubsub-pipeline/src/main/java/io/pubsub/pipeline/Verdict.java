package io.pubsub.pipeline;

import java.time.Duration;
import java.util.function.IntFunction;

import io.pubsub.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a message, as its leaves end: what failed outweighs what is dead, which
 * outweighs what is done. For one thread at a time.
 */
final class Verdict {

	private final IntFunction<Duration> backoff;

	private final int attempt;

	private Lineage.Rest best = Lineage.Rest.IGNORED;

	private boolean rested;

	private @Nullable Outcome dead;

	private @Nullable Outcome failed;

	private boolean tried;

	private boolean plain;

	private @Nullable Duration requested;

	/**
	 * Makes a verdict without leaves.
	 * @param backoff the back-off policy
	 * @param attempt the number of the attempt
	 */
	Verdict(IntFunction<Duration> backoff, int attempt) {
		this.backoff = backoff;
		this.attempt = attempt;
	}

	void rest(Lineage.Rest rest) {
		this.rested = true;
		if (rest.compareTo(this.best) > 0) {
			this.best = rest;
		}
	}

	void dead(Outcome outcome) {
		if (this.dead == null) {
			this.dead = outcome;
		}
	}

	void failed(Outcome outcome) {
		Outcome before = this.failed;
		this.tried |= outcome.tried();
		if (before == null || isWorse(outcome, before)) {
			this.failed = outcome;
		}
		Duration delay = outcome.retryAfter();
		if (delay == null) {
			this.plain |= outcome.tried();
		}
		else if (this.requested == null || delay.compareTo(this.requested) > 0) {
			this.requested = delay;
		}
	}

	private static boolean isWorse(Outcome outcome, Outcome before) {
		return (outcome.tried() && !before.tried())
				|| (outcome.kind() == Outcome.Kind.FAILED && before.kind() == Outcome.Kind.RETRIED);
	}

	/**
	 * The outcome.
	 * @return the outcome of all leaves that have ended
	 */
	Outcome outcome() {
		Outcome failed = this.failed;
		if (failed != null) {
			return new Outcome(failed.kind(), this.tried, failed.reason(), delay(), failed.cause());
		}
		if (this.dead != null) {
			return this.dead;
		}
		if (!this.rested || this.best == Lineage.Rest.DONE) {
			return Outcome.succeeded();
		}
		return (this.best == Lineage.Rest.SKIPPED) ? Outcome.skipped("all of its elements were skipped")
				: Outcome.ignored("all of its elements were ignored");
	}

	// The source knows the policy too, so it is only asked where both must be compared.
	private @Nullable Duration delay() {
		Duration requested = this.requested;
		if (requested == null || !this.plain) {
			return requested;
		}
		Duration policy = this.backoff.apply(this.attempt);
		return (policy.compareTo(requested) > 0) ? policy : requested;
	}

}
