package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

import io.pubsub.IgnoreMessageException;
import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.RejectMessageException;
import io.pubsub.SkipMessageException;
import io.pubsub.pipeline.Flow;
import io.pubsub.transport.Delivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what becomes of a message, by what becomes of the elements that were derived
 * from it.
 */
class PipelineOutcomeTests {

	private final Bench bench = new Bench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void isNotSettledWhileASiblingOfWhatHasFailedIsAtWork() {
		this.bench.run(Bench.words().mapConcurrently(2, this::failBesideSlow).end());
		Delivery delivery = this.bench.send("slow fail");
		this.bench.until("failed", () -> this.bench.stage("map-concurrently").failed() == 1);
		assertThat(delivery).isNotSettled();
		this.bench.release();
		assertThat(delivery).isNacked();
	}

	@Test
	void dropsWhatHasNotBegunAfterAFailure() {
		this.bench.run(Bench.words().map(PipelineOutcomeTests::endedAs).to(this.bench::see));
		assertThat(this.bench.send("fail one two")).isNacked();
		assertThat(this.bench.seen()).isEmpty();
	}

	@Test
	void goesOnWithTheSiblingsOfWhatIsDead() {
		this.bench.run(Bench.words().map(PipelineOutcomeTests::endedAs).to(this.bench::see));
		assertThat(this.bench.send("reject one two")).isNacked();
		assertThat(this.bench.seen()).containsExactly("one", "two");
		assertThat(this.bench.outcome(1).reason()).isEqualTo("rejected in stage map");
	}

	@Test
	void isHandedBackIfOneIsDeadAndAnotherHasFailed() {
		this.bench.run(Bench.words().map(PipelineOutcomeTests::endedAs).end());
		this.bench.send("reject later-2 one");
		assertThat(this.bench.outcome(1)).isEqualTo(Outcome.retry(Duration.ofSeconds(2), "later"));
	}

	@Test
	void comesAgainAfterTheLongestDelayThatWasAskedFor() {
		this.bench.run(together().end());
		this.bench.send("later-5 later-2");
		assertThat(this.bench.outcome(1)).isEqualTo(Outcome.retry(Duration.ofSeconds(5), "later"));
	}

	@Test
	void comesAgainAfterTheDelayOfThePolicyIfThatIsLonger() {
		this.bench.run(together().end(), (builder) -> builder.backoff(Duration::ofMinutes));
		this.bench.send("later-2 fail");
		assertThat(this.bench.outcome(1).retryAfter()).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void isAcknowledgedIfNothingIsMadeOfIt() {
		this.bench.run(Bench.words().filter((word) -> false).end());
		assertThat(this.bench.send("one two")).isAcked();
		assertThat(this.bench.outcome(1)).isEqualTo(Outcome.succeeded());
	}

	@Test
	void isSkippedIfAllOfItIs() {
		this.bench.run(Bench.words().map(PipelineOutcomeTests::endedAs).end());
		this.bench.send("skip ignore");
		assertThat(this.bench.outcome(1).kind()).isEqualTo(Outcome.Kind.SKIPPED);
	}

	@Test
	void failsIfAFunctionForgetsItsResult() {
		this.bench.run(Bench.words().map((word) -> word.equals("nothing") ? forgotten() : word).end());
		assertThat(this.bench.send("one nothing")).isNacked();
		assertThat(this.bench.outcome(1).cause()).hasMessageContaining("stage map of pipeline under-test gave null");
	}

	@SuppressWarnings({ "NullAway", "DataFlowIssue" }) // as it may come from code without
														// annotations
	private static String forgotten() {
		return null;
	}

	private String failBesideSlow(String word) throws InterruptedException {
		this.bench.hold("slow", word);
		this.bench.awaitHeld(1);
		return endedAs(word);
	}

	// Both have begun before one of them ends.
	private static Flow<String> together() {
		CyclicBarrier barrier = new CyclicBarrier(2);
		return Bench.words().mapConcurrently(2, (word) -> {
			barrier.await(20, TimeUnit.SECONDS);
			return endedAs(word);
		});
	}

	private static String endedAs(String word) {
		return switch (word.split("-")[0]) {
			case "fail" -> throw new IllegalStateException("expected");
			case "reject" -> throw new RejectMessageException("never");
			case "later" -> throw new NackException(Duration.ofSeconds(Long.parseLong(word.split("-")[1])), "later");
			case "skip" -> throw new SkipMessageException("skipped");
			case "ignore" -> throw new IgnoreMessageException("ignored");
			default -> word;
		};
	}

}
