package io.pubsub.test.pipeline;

import java.time.Duration;

import io.pubsub.pipeline.Concurrency;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.TrackedDelivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pipelines whose messages are lost, or come again while they are at work.
 */
class PipelineLossTests {

	private static final InboundMessage SLOW = new InboundMessage("the-same", "slow one two");

	private final Bench bench = new Bench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void beginsAMessageThatComesAgainOnlyWhenItsFirstCopyHasEnded() {
		this.bench.run(holding().to(this.bench::see));
		TrackedDelivery first = this.bench.send(SLOW, 1);
		this.bench.awaitHeld(1);
		TrackedDelivery second = this.bench.send(SLOW, 2);
		TrackedDelivery other = this.bench.send("other");
		assertThat(other).isAcked();
		assertThat(second).isNotSettled();
		this.bench.until("one of them", () -> this.bench.receiver().statistics().inFlight() == 1);
		this.bench.release();
		assertThat(first).isAcked();
		assertThat(second).isAcked();
		assertThat(this.bench.seen()).containsExactlyInAnyOrder("other", "slow", "one", "two", "slow", "one", "two");
	}

	@Test
	void beginsAMessageThatComesAgainBehindItsLostCopy() {
		this.bench.run(ignoring(2).to(this.bench::see));
		InboundMessage message = new InboundMessage("the-same", "slow");
		TrackedDelivery lost = this.bench.send(message, 1);
		this.bench.awaitHeld(1);
		lost.abandon();
		this.bench.awaitInterrupted();
		TrackedDelivery again = this.bench.send(message, 2);
		assertThat(this.bench.send("other")).isAcked();
		assertThat(again).isNotSettled();
		this.bench.release();
		assertThat(again).isAcked();
		assertThat(this.bench.seen()).containsExactly("other", "slow");
	}

	@Test
	void dropsWhatHasNotBegunOfALostMessage() {
		this.bench.run(ignoring(1).to(this.bench::see));
		TrackedDelivery lost = this.bench.send(SLOW, 1);
		this.bench.awaitHeld(1);
		this.bench.until("waiting", () -> this.bench.stage("map-concurrently").waiting() == 2);
		lost.abandon();
		this.bench.release();
		this.bench.until("empty", () -> this.bench.receiver().statistics().inFlight() == 0);
		assertThat(this.bench.seen()).isEmpty();
		assertThat(this.bench.stage("map-concurrently").dropped()).isEqualTo(2);
	}

	@Test
	void endsThePauseBeforeAnotherAttemptForALostMessage() {
		this.bench.run(failing().retry(1, (attempt) -> Duration.ofHours(1)).end());
		TrackedDelivery lost = this.bench.send("one");
		this.bench.until("paused", () -> !this.bench.receiver().statistics().atWork().isEmpty());
		this.bench.awaitIdle();
		lost.abandon();
		this.bench.until("empty", () -> this.bench.receiver().statistics().inFlight() == 0);
	}

	@Test
	void endsThePauseBeforeAnotherPublishForALostMessage() {
		this.bench.run(Bench.words().broadcast(PipelineLossTests::refused));
		TrackedDelivery lost = this.bench.send("one");
		this.bench.until("refused", () -> this.bench.stage("publish").waiting() == 1);
		this.bench.awaitIdle();
		lost.abandon();
		this.bench.until("empty", () -> this.bench.receiver().statistics().inFlight() == 0);
	}

	@Test
	void endsThePauseBeforeAnotherPublishIfTheMessageComesAgainAnyway() {
		this.bench.run(Bench.words().broadcast(PipelineLossTests::refused, (branch) -> branch.to((word) -> {
			this.bench.hold("one", word);
			throw new IllegalStateException("expected");
		})));
		TrackedDelivery failed = this.bench.send("one");
		this.bench.awaitHeld(1);
		this.bench.release();
		assertThat(failed).isNacked();
	}

	private static Pipeline refused(Flow<String> flow) {
		HeldBroker broker = new HeldBroker();
		broker.refuseAll();
		return flow.publish(broker, (word) -> HeldBroker.message(word, null))
			.retry(1, (attempt) -> Duration.ofHours(1))
			.end();
	}

	private Flow<String> holding() {
		return Bench.words().mapConcurrently(Concurrency.of(2).unordered(), (word) -> this.bench.hold("slow", word));
	}

	private Flow<String> ignoring(int workers) {
		return Bench.words()
			.mapConcurrently(Concurrency.of(workers).unordered(), (word) -> this.bench.ignore("slow", word));
	}

	private static Flow<String> failing() {
		return Bench.words().map((word) -> {
			throw new IllegalStateException("expected");
		});
	}

}
