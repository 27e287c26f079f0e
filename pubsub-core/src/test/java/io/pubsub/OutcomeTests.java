package io.pubsub;

import java.io.IOException;
import java.time.Duration;

import io.pubsub.Outcome.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Outcome}.
 */
class OutcomeTests {

	@ParameterizedTest
	@EnumSource(names = { "RETRIED", "FAILED" })
	void handsTheMessageBack(Kind kind) {
		assertThat(kind.isAcknowledged()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(names = { "RETRIED", "FAILED" }, mode = Mode.EXCLUDE)
	void acknowledgesTheMessage(Kind kind) {
		assertThat(kind.isAcknowledged()).isTrue();
	}

	@Test
	void succeedsWithoutReason() {
		assertThat(Outcome.succeeded()).isEqualTo(new Outcome(Kind.SUCCEEDED, true, null, null, null));
	}

	@Test
	void givesTheReason() {
		assertThat(Outcome.skipped("no change")).isEqualTo(new Outcome(Kind.SKIPPED, true, "no change", null, null));
		assertThat(Outcome.ignored("no handler")).isEqualTo(new Outcome(Kind.IGNORED, true, "no handler", null, null));
		assertThat(Outcome.expired("ttl")).isEqualTo(new Outcome(Kind.EXPIRED, true, "ttl", null, null));
	}

	@Test
	void retriesWithDelay() {
		assertThat(Outcome.retry(Duration.ZERO, "busy"))
			.isEqualTo(new Outcome(Kind.RETRIED, true, "busy", Duration.ZERO, null));
	}

	@Test
	void boundsADelayThatMakesNoSense() {
		assertThat(Outcome.retry(Duration.ofSeconds(Long.MIN_VALUE), "busy").retryAfter()).isZero();
		assertThat(Outcome.retry(Duration.ofSeconds(Long.MAX_VALUE), "busy").retryAfter()).hasHours(12);
	}

	@Test
	void failsWithCause() {
		IOException cause = new IOException("expected");
		assertThat(Outcome.failed("broken", cause)).isEqualTo(new Outcome(Kind.FAILED, true, "broken", null, cause));
	}

	@Test
	void isWhatTheHandlersExceptionSays() {
		assertThat(Outcome.of(new SkipMessageException("no change"))).isEqualTo(Outcome.skipped("no change"));
		assertThat(Outcome.of(new IgnoreMessageException("not ours"))).isEqualTo(Outcome.ignored("not ours"));
		assertThat(Outcome.of(new NackException(Duration.ZERO, "busy")).kind()).isEqualTo(Kind.RETRIED);
	}

	@Test
	void isAFailureForAnyOtherException() {
		IOException cause = new IOException("expected");
		assertThat(Outcome.of(cause)).isEqualTo(Outcome.failed("IOException", cause));
	}

}
