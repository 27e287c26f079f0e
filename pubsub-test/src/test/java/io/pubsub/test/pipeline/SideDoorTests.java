package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.pubsub.NackException;
import io.pubsub.RejectMessageException;
import io.pubsub.pipeline.Concurrency;
import io.pubsub.pipeline.FailedElement;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.TrackedDelivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the elements that a pipeline takes aside, and those that it does not.
 */
class SideDoorTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final Bench bench = new Bench();

	private final Queue<FailedElement> aside = new ConcurrentLinkedQueue<>();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void takesWhatIsRejectedAtAnyAttempt() {
		run(failing(new RejectMessageException("never")).end());
		assertThat(this.bench.send("one")).isAcked();
		assertThat(this.aside).extracting(FailedElement::element).containsExactly("one");
	}

	@Test
	void takesWhatTheStageRejects() {
		run(failing(new IllegalStateException("expected")).rejecting(IllegalStateException.class::isInstance).end());
		assertThat(this.bench.send("one")).isAcked();
		assertThat(this.aside).extracting(FailedElement::stage).containsExactly("map");
	}

	@Test
	void takesWhatFailsAtTheLastAttemptOnly() {
		run(failing(new IllegalStateException("expected")).end());
		assertThat(sendFor(1)).isNacked();
		assertThat(this.aside).isEmpty();
		assertThat(sendFor(3)).isAcked();
		assertThat(this.aside).extracting(FailedElement::element).containsExactly("one");
	}

	@Test
	void takesNothingThatIsWantedAgain() {
		run(failing(new NackException(SECOND, "later")).end());
		assertThat(sendFor(3)).isNacked();
		assertThat(this.aside).isEmpty();
	}

	@Test
	void takesNothingOfWhichTheTimeIsOver() {
		run(Bench.words()
			.mapConcurrently(Concurrency.of(1).timeout(SECOND), (word) -> this.bench.hold("one", word))
			.end());
		TrackedDelivery delivery = sendFor(3);
		this.bench.awaitHeld(1);
		this.bench.advance(SECOND);
		assertThat(delivery).isNacked();
		assertThat(this.aside).isEmpty();
	}

	@Test
	void takesNothingThatIsInterrupted() {
		run(Bench.words().map((word) -> this.bench.hold("one", word)).end());
		TrackedDelivery delivery = sendFor(3);
		this.bench.awaitHeld(1);
		this.bench.receiver().drain(Duration.ZERO);
		assertThat(delivery).isNacked();
		assertThat(this.aside).isEmpty();
	}

	@Test
	void takesNothingOfAMessageThatIsLost() {
		run(Bench.words().map((word) -> this.bench.hold("one", word)).end());
		TrackedDelivery delivery = sendFor(3);
		this.bench.awaitHeld(1);
		delivery.abandon();
		this.bench.until("empty", () -> this.bench.receiver().statistics().inFlight() == 0);
		assertThat(this.aside).isEmpty();
	}

	@Test
	void namesAnElementThatFailsAgainAsBefore() {
		run(failing(new RejectMessageException("never")).end());
		sendFor(1);
		assertThat(sendFor(2)).isAcked();
		assertThat(this.aside).extracting(FailedElement::id).hasSize(2).containsOnly(this.aside.element().id());
	}

	@Test
	void handsBackAMessageOfWhichAnElementIsNotTaken() {
		this.bench.run(failing(new RejectMessageException("never")).end().onFailure((failed) -> {
			throw new IllegalStateException("full");
		}));
		assertThat(this.bench.send("one")).isNacked();
		assertThat(this.bench.outcome(1).reason()).isEqualTo("side-door");
	}

	@Test
	void usesUpNoAttemptWhenItIsInterruptedByAStop() {
		this.bench.run(failing(new RejectMessageException("never")).end()
			.onFailure((failed) -> this.bench.hold("one", failed.element())));
		assertThat(sendAndStop()).isNacked();
		assertThat(this.bench.outcome(1).tried()).isFalse();
	}

	private TrackedDelivery sendAndStop() {
		TrackedDelivery delivery = this.bench.send("one");
		this.bench.awaitHeld(1);
		this.bench.receiver().drain(Duration.ZERO);
		return delivery;
	}

	private void run(Pipeline pipeline) {
		this.bench.run(pipeline.onFailure(this.aside::add), (builder) -> builder.maxAttempts(3));
	}

	private TrackedDelivery sendFor(int attempt) {
		return this.bench.send(new InboundMessage("the-same", "one"), attempt);
	}

	private static Flow<String> failing(Exception failure) {
		return Bench.words().map((word) -> {
			throw failure;
		});
	}

}
