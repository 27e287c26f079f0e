package io.pubsub.test;

import java.time.Duration;

import io.pubsub.Outcome;
import io.pubsub.Outcome.Kind;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on an {@link Outcome}.
 *
 * @since 0.1.0
 */
public final class OutcomeAssert extends AbstractAssert<OutcomeAssert, Outcome> {

	OutcomeAssert(@Nullable Outcome actual) {
		super(actual, OutcomeAssert.class);
	}

	/**
	 * Verifies that the handler did its work.
	 * @return this
	 */
	public OutcomeAssert isSucceeded() {
		return hasKind(Kind.SUCCEEDED);
	}

	/**
	 * Verifies that the handler had nothing to do.
	 * @return this
	 */
	public OutcomeAssert isSkipped() {
		return hasKind(Kind.SKIPPED);
	}

	/**
	 * Verifies that nobody handles the message.
	 * @return this
	 */
	public OutcomeAssert isIgnored() {
		return hasKind(Kind.IGNORED);
	}

	/**
	 * Verifies that the time to live was used up.
	 * @return this
	 */
	public OutcomeAssert isExpired() {
		return hasKind(Kind.EXPIRED);
	}

	/**
	 * Verifies that the handler asked for another delivery.
	 * @return this
	 */
	public OutcomeAssert isRetried() {
		return hasKind(Kind.RETRIED);
	}

	/**
	 * Verifies that the message could not be handled.
	 * @return this
	 */
	public OutcomeAssert isFailed() {
		return hasKind(Kind.FAILED);
	}

	private OutcomeAssert hasKind(Kind kind) {
		Assertions.assertThat(outcome().kind())
			.as("kind of the outcome, whose reason is %s", outcome().reason())
			.isEqualTo(kind);
		return this;
	}

	/**
	 * Verifies the reason.
	 * @param reason the whole reason
	 * @return this
	 */
	public OutcomeAssert hasReason(String reason) {
		Assertions.assertThat(outcome().reason()).as("reason").isEqualTo(reason);
		return this;
	}

	/**
	 * Verifies when the message is to be delivered again.
	 * @param delay the delay that was asked for
	 * @return this
	 */
	public OutcomeAssert retriesAfter(Duration delay) {
		Assertions.assertThat(outcome().retryAfter()).as("retry after").isEqualTo(delay);
		return this;
	}

	/**
	 * Verifies that it is left to the back-off policy when the message is delivered
	 * again.
	 * @return this
	 */
	public OutcomeAssert retriesAsThePolicySays() {
		Assertions.assertThat(outcome().kind().isAcknowledged()).as("acknowledged").isFalse();
		Assertions.assertThat(outcome().retryAfter()).as("retry after").isNull();
		return this;
	}

	/**
	 * Assertions on the exception behind the outcome.
	 * @return the assertions
	 */
	public AbstractThrowableAssert<?, ? extends Throwable> cause() {
		return Assertions.assertThat(outcome().cause()).as("cause");
	}

	private Outcome outcome() {
		isNotNull();
		return this.actual;
	}

}
