package io.pubsub.test;

import java.time.Duration;

import io.pubsub.Outcome;
import io.pubsub.Outcome.Kind;
import io.pubsub.dispatch.DispatchResult;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OutcomesAssert}.
 */
class OutcomesAssertTests {

	private final OutcomeRecorder recorder = new OutcomeRecorder();

	@BeforeEach
	void record() {
		record(Outcome.skipped("seen before"));
		record(Outcome.succeeded());
	}

	@Test
	void passesOnTheKindsInOrder() {
		assertThat(this.recorder).hasKinds(Kind.SKIPPED, Kind.SUCCEEDED);
	}

	@Test
	void failsOnAnotherOrder() {
		assertFails(() -> assertThat(this.recorder).hasKinds(Kind.SUCCEEDED, Kind.SKIPPED));
	}

	@Test
	void failsOnAMissingKind() {
		assertFails(() -> assertThat(this.recorder).hasKinds(Kind.SKIPPED));
	}

	@Test
	void passesOnTheKindsInAnyOrder() {
		assertThat(this.recorder).hasKindsInAnyOrder(Kind.SUCCEEDED, Kind.SKIPPED);
	}

	@Test
	void failsOnAnotherKindInAnyOrder() {
		assertFails(() -> assertThat(this.recorder).hasKindsInAnyOrder(Kind.SUCCEEDED, Kind.FAILED));
	}

	@Test
	void leadsToEachOutcome() {
		assertThat(this.recorder).first().isSkipped().hasReason("seen before");
	}

	@Test
	void filtersOutcomes() {
		assertThat(this.recorder).filteredOn((outcome) -> outcome.reason() != null).hasKinds(Kind.SKIPPED);
	}

	@Test
	void forgetsWhatWasCleared() {
		this.recorder.clear();
		assertThat(this.recorder).isEmpty();
	}

	private void record(Outcome outcome) {
		this.recorder
			.onOutcome(new DispatchResult("handlers", "message-1", 1, null, null, outcome, null, Duration.ZERO));
	}

	private static void assertFails(ThrowingCallable assertion) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion);
	}

}
