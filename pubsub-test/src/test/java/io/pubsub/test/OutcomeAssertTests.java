package io.pubsub.test;

import java.io.IOException;
import java.time.Duration;

import io.pubsub.Outcome;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OutcomeAssert}.
 */
class OutcomeAssertTests {

	@Test
	void passesOnEachKind() {
		assertThat(Outcome.succeeded()).isSucceeded();
		assertThat(Outcome.skipped(null)).isSkipped();
		assertThat(Outcome.ignored(null)).isIgnored();
		assertThat(Outcome.expired(null)).isExpired();
		assertThat(Outcome.retry(null, null)).isRetried();
		assertThat(Outcome.failed(null, null)).isFailed();
	}

	@Test
	void failsOnAnotherKindAndNamesTheReason() {
		fails(() -> assertThat(Outcome.failed("malformed", null)).isSucceeded(), "malformed");
		fails(() -> assertThat(Outcome.succeeded()).isSkipped(), "SKIPPED");
		fails(() -> assertThat(Outcome.succeeded()).isIgnored(), "IGNORED");
		fails(() -> assertThat(Outcome.succeeded()).isExpired(), "EXPIRED");
		fails(() -> assertThat(Outcome.succeeded()).isRetried(), "RETRIED");
		fails(() -> assertThat(Outcome.succeeded()).isFailed(), "FAILED");
	}

	@Test
	void passesOnTheReason() {
		assertThat(Outcome.skipped("no change")).hasReason("no change");
	}

	@Test
	void failsOnAnotherReason() {
		fails(() -> assertThat(Outcome.skipped("no change")).hasReason("nothing to do"), "reason");
	}

	@Test
	void passesOnTheDelay() {
		assertThat(Outcome.retry(Duration.ofSeconds(5), null)).retriesAfter(Duration.ofSeconds(5));
	}

	@Test
	void failsOnAnotherDelay() {
		fails(() -> assertThat(Outcome.retry(null, null)).retriesAfter(Duration.ZERO), "retry after");
	}

	@Test
	void passesWhenTheDelayIsLeftToThePolicy() {
		assertThat(Outcome.failed("broken", null)).retriesAsThePolicySays();
	}

	@Test
	void failsWhenTheDelayIsNotLeftToThePolicy() {
		fails(() -> assertThat(Outcome.retry(Duration.ZERO, null)).retriesAsThePolicySays(), "retry after");
		fails(() -> assertThat(Outcome.succeeded()).retriesAsThePolicySays(), "acknowledged");
	}

	@Test
	void assertsOnTheCause() {
		assertThat(Outcome.failed("broken", new IOException("expected"))).cause()
			.isInstanceOf(IOException.class)
			.hasMessage("expected");
	}

	private static void fails(Runnable assertion, String message) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion::run).withMessageContaining(message);
	}

}
