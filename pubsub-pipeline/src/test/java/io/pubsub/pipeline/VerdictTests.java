package io.pubsub.pipeline;

import java.time.Duration;

import io.pubsub.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Verdict}.
 */
class VerdictTests {

	private static final Outcome FAILED = Outcome.failed("failed", new IllegalStateException("failed"));

	private static final Outcome DEAD = Outcome.failed("dead", new IllegalStateException("dead"));

	private final Verdict verdict = new Verdict((attempt) -> Duration.ofSeconds(attempt), 3);

	@Test
	void succeedsWithoutLeaves() {
		assertThat(this.verdict.outcome()).isEqualTo(Outcome.succeeded());
	}

	@Test
	void failsIfOneHasFailedAndAnotherIsDead() {
		this.verdict.dead(DEAD);
		this.verdict.failed(FAILED);
		this.verdict.rest(Lineage.Rest.DONE);
		assertThat(this.verdict.outcome().reason()).isEqualTo("failed");
	}

	@Test
	void isDeadIfOneIsDeadAndTheOthersAreDone() {
		this.verdict.rest(Lineage.Rest.DONE);
		this.verdict.dead(DEAD);
		assertThat(this.verdict.outcome()).isEqualTo(DEAD);
	}

	@Test
	void isSkippedOnlyIfNoneIsDone() {
		this.verdict.rest(Lineage.Rest.IGNORED);
		this.verdict.rest(Lineage.Rest.SKIPPED);
		assertThat(this.verdict.outcome().kind()).isEqualTo(Outcome.Kind.SKIPPED);
		this.verdict.rest(Lineage.Rest.DONE);
		assertThat(this.verdict.outcome().kind()).isEqualTo(Outcome.Kind.SUCCEEDED);
	}

	@Test
	void takesTheLongestDelayThatWasAskedFor() {
		this.verdict.failed(Outcome.retry(Duration.ofSeconds(1), "soon"));
		this.verdict.failed(Outcome.retry(Duration.ofSeconds(2), "later"));
		assertThat(this.verdict.outcome().retryAfter()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void takesThatOfThePolicyIfItIsLonger() {
		this.verdict.failed(Outcome.retry(Duration.ofSeconds(2), "later"));
		this.verdict.failed(FAILED);
		assertThat(this.verdict.outcome().retryAfter()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void leavesTheDelayToTheSourceIfNoneWasAskedFor() {
		this.verdict.failed(FAILED);
		assertThat(this.verdict.outcome().retryAfter()).isNull();
	}

	@Test
	void isUntriedOnlyIfNothingWasTried() {
		this.verdict.failed(Failure.stopped().outcome());
		assertThat(this.verdict.outcome().tried()).isFalse();
		this.verdict.failed(FAILED);
		assertThat(this.verdict.outcome().tried()).isTrue();
	}

}
