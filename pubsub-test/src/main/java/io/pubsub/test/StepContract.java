package io.pubsub.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.RejectMessageException;
import io.pubsub.pipeline.Action;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Mapper;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.StageStatistics;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises of every step of a pipeline, whether it is one method of a {@link Flow} or
 * a function that adds several. The test of such a function extends this class.
 *
 * @since 0.1.0
 */
public abstract class StepContract {

	private static final Duration LATER = Duration.ofSeconds(7);

	private StepBench bench;

	/**
	 * Adds the step to a flow of words, and ends the pipeline.
	 * @param flow the flow in front of the step, in which no word is twice
	 * @param work the work on a word, which the step does once for each; it may throw,
	 * and gives the same word
	 * @param rest adds what comes behind the step: a flow of the words that it lets pass,
	 * which are all that the work returns for
	 * @return the pipeline
	 */
	protected abstract Pipeline pipeline(Flow<String> flow, Mapper<String, String> work,
			Function<Flow<String>, Pipeline> rest);

	/**
	 * Whether elements leave the step in the order in which they come.
	 * @return {@code true}, the default, if so
	 */
	protected boolean isOrdered() {
		return true;
	}

	/**
	 * The most elements that are asked for while none leaves the step.
	 * @return the number; 1, the default, for a step that only computes
	 */
	protected int room() {
		return 1;
	}

	@BeforeEach
	void openBench() {
		this.bench = new StepBench(this);
	}

	@AfterEach
	void closeBench() {
		this.bench.close();
	}

	@Test
	void handsOnEachElementOnce() {
		Delivery delivery = this.bench.send("a b c d e f g");
		this.bench.rest();
		assertThat(delivery).isAcked();
		assertThat(inOrder(this.bench.out())).containsExactly("a", "b", "c", "d", "e", "f", "g");
	}

	@Test
	void asksForNoMoreElementsThanItHasRoomFor() {
		this.bench.does(StepBench::nothing, this.bench::hold);
		this.bench.send(StepBench.ENDLESS);
		this.bench.awaitHeld();
		assertThat(this.bench.awaitNoMoreTaken()).isBetween(1, room());
	}

	@Test
	void worksOnceOnEachElementAlthoughTheNextStepIsSlow() {
		this.bench.does(StepBench::nothing, this.bench::hold);
		this.bench.send("a b c d e f g");
		this.bench.awaitHeld();
		this.bench.release();
		this.bench.rest();
		assertThat(this.bench.worked()).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g");
		assertThat(inOrder(this.bench.out())).containsExactly("a", "b", "c", "d", "e", "f", "g");
	}

	@Test
	void doesNotAcknowledgeBeforeTheLastElementHasEnded() {
		this.bench.does(StepBench::nothing, this.bench::hold);
		Delivery delivery = this.bench.send("a b c");
		this.bench.awaitHeld();
		assertThat(delivery).isNotSettled();
		this.bench.release();
		this.bench.rest();
		assertThat(delivery).isAcked();
	}

	@Test
	void endsWhatIsUnderWayWhenItIsDrained() {
		this.bench.does(StepBench::nothing, this.bench::hold);
		Delivery delivery = this.bench.send("a b c");
		this.bench.awaitHeld();
		this.bench.drain(LATER);
		this.bench.release();
		assertThat(delivery).isAcked();
		assertThat(inOrder(this.bench.out())).containsExactly("a", "b", "c");
	}

	@Test
	void handsBackWhatIsUnderWayWhenTheTimeForAStopIsOver() {
		this.bench.does(StepBench::nothing, this.bench::hold);
		Delivery delivery = this.bench.send("a b c");
		this.bench.awaitHeld();
		this.bench.drain(Duration.ZERO);
		assertThat(delivery).isNacked();
		this.bench.awaitIdle();
		assertThat(this.bench.out()).isEmpty();
		assertThat(this.bench.outcomes()).extracting(Outcome::tried).containsExactly(false);
	}

	@Test
	void interruptsTheWorkWhenTheTimeForAStopIsOver() {
		this.bench.does(this.bench::hold, StepBench::nothing);
		Delivery delivery = this.bench.send("a b c");
		this.bench.awaitHeld();
		this.bench.drain(Duration.ZERO);
		assertThat(delivery).isNacked();
		assertThat(this.bench.out()).isEmpty();
	}

	@Test
	void handsBackTheMessageOfAnElementThatFails() {
		this.bench.does(failing(new IllegalStateException("expected")), StepBench::nothing);
		Delivery good = this.bench.send("a b");
		Delivery bad = this.bench.send("c bad");
		this.bench.rest();
		assertThat(good).isAcked();
		assertThat(bad).isNacked();
		assertThat(this.bench.outcomes()).extracting(Outcome::kind)
			.containsExactlyInAnyOrder(Outcome.Kind.SUCCEEDED, Outcome.Kind.FAILED);
	}

	@Test
	void handsBackTheMessageOfAnElementThatFailsBehindIt() {
		this.bench.does(StepBench::nothing, failing(new IllegalStateException("expected")));
		Delivery good = sendAndRest("a b");
		Delivery bad = sendAndRest("bad");
		assertThat(good).isAcked();
		assertThat(bad).isNacked();
	}

	@Test
	void handsBackWithTheDelayThatTheWorkAsksFor() {
		this.bench.does(failing(new NackException(LATER, "later")), StepBench::nothing);
		sendAndRest("bad");
		assertThat(this.bench.outcomes()).containsExactly(Outcome.retry(LATER, "later"));
	}

	@Test
	void leavesAsideWhatCanNeverSucceedAndHandsOnTheRest() {
		this.bench.does(failing(new RejectMessageException("never")), StepBench::nothing);
		Delivery delivery = sendAndRest("a bad b");
		assertThat(delivery).isAcked();
		assertThat(this.bench.aside()).containsExactly("bad");
		assertThat(inOrder(this.bench.out())).containsExactly("a", "b");
	}

	@Test
	void interruptsTheWorkForAMessageThatIsLost() {
		this.bench.does(this.bench::hold, StepBench::nothing);
		TrackedDelivery delivery = this.bench.send("a b c");
		this.bench.awaitHeld();
		delivery.abandon();
		this.bench.rest();
		assertThat(this.bench.out()).isEmpty();
		assertThat(this.bench.statistics().inFlight()).isZero();
	}

	@Test
	void doesNotGoOnWithAMessageThatIsLost() {
		this.bench.does(StepBench::nothing, this.bench::hold);
		TrackedDelivery delivery = this.bench.send("a b c d e f g");
		this.bench.awaitHeld();
		delivery.abandon();
		this.bench.rest();
		assertThat(this.bench.out()).isEmpty();
		assertThat(delivery.settled()).isCompletedWithValue(Settlement.LOST);
		assertThat(this.bench.statistics().inFlight()).isZero();
	}

	@Test
	void showsItsMessageToEachFunction() {
		String first = sendAndRest("a").message().id();
		String second = sendAndRest("b").message().id();
		assertThat(this.bench.messages())
			.isEqualTo(Map.of("work on a", first, "end of a", first, "work on b", second, "end of b", second));
	}

	@Test
	void comesToRestWhenAllHasEnded() {
		sendAndRest("a b c d e f g");
		assertThat(this.bench.isAtRest()).isTrue();
		assertThat(this.bench.statistics().atWork()).isEmpty();
		assertThat(this.bench.statistics().stages()).extracting(StageStatistics::waiting).containsOnly(0L);
	}

	private static Action<String> failing(Exception failure) {
		return (word) -> {
			if (word.equals("bad")) {
				throw failure;
			}
		};
	}

	private Delivery sendAndRest(String body) {
		Delivery delivery = this.bench.send(body);
		this.bench.rest();
		return delivery;
	}

	private List<String> inOrder(List<String> words) {
		return isOrdered() ? words : words.stream().sorted().toList();
	}

}
