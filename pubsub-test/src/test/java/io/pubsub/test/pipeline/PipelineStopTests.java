package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.pubsub.Outcome;
import io.pubsub.RejectMessageException;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.test.PipelineTester;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the end of a pipeline, and for its halt.
 */
class PipelineStopTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration DRAIN = Duration.ofSeconds(10);

	private final Bench bench = new Bench();

	@AfterEach
	void close() {
		this.bench.close();
	}

	@Test
	void handsBackWhatHasNotBegunAsNotTried() {
		this.bench.run(Bench.words().to((word) -> this.bench.hold("slow", word)));
		Delivery slow = this.bench.send("slow");
		this.bench.awaitHeld(1);
		Delivery waiting = this.bench.send("waiting");
		this.bench.receiver().drain(DRAIN);
		this.bench.release();
		assertThat(slow).isAcked();
		assertThat(waiting).isNacked();
		assertThat(this.bench.outcomes()).containsExactly(Outcome.succeeded());
	}

	@Test
	void interruptsAllStepsShortlyBeforeTheOneDeadline() {
		this.bench.run(Bench.words()
			.mapConcurrently(1, (word) -> this.bench.hold("first", word))
			.keyedBy((word) -> word, 1)
			.map((word) -> this.bench.hold("second", word))
			.mapConcurrently(1, (word) -> this.bench.hold("third", word))
			.end());
		List<Delivery> deliveries = List.of(this.bench.send("third"), this.bench.send("second"),
				this.bench.send("first"));
		this.bench.awaitHeld(3);
		this.bench.receiver().drain(DRAIN);
		this.bench.advance(DRAIN.minus(SECOND).minusMillis(1));
		assertThat(deliveries).allSatisfy((delivery) -> assertThat(delivery).isNotSettled());
		this.bench.advance(Duration.ofMillis(1));
		assertThat(deliveries).allSatisfy((delivery) -> assertThat(delivery).isNacked());
		assertThat(this.bench.interrupted()).isEqualTo(3);
	}

	@Test
	void handsBackAtTheDeadlineWhatWaitsForRoom() {
		this.bench.run(Bench.words().mapConcurrently(1, (word) -> this.bench.hold("0", word)).end(),
				(builder) -> builder.maxInFlight(1));
		Delivery many = this.bench.send(numbers(100));
		this.bench.awaitHeld(1);
		this.bench.receiver().drain(Duration.ZERO);
		assertThat(many).isNacked();
	}

	@Test
	void leavesNoThreadBehind() {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		this.bench.run(
				Bench.words().mapConcurrently(2, (word) -> this.bench.hold("slow", word)).batch(10, SECOND).end(),
				(builder) -> builder.threadFactory((work) -> {
					Thread thread = new Thread(work);
					threads.add(thread);
					return thread;
				}));
		this.bench.send("slow quick");
		this.bench.awaitHeld(1);
		this.bench.close();
		assertThat(threads).hasSizeGreaterThan(1);
		this.bench.until("ended", () -> threads.stream().noneMatch(Thread::isAlive));
	}

	@Test
	void beginsAgainAfterAStop() {
		this.bench.run(Bench.words().to(this.bench::see));
		assertThat(this.bench.send("one")).isAcked();
		this.bench.close();
		this.bench.receiver().open(Receiver.Host.NONE);
		assertThat(this.bench.send("two")).isAcked();
		assertThat(this.bench.seen()).containsExactly("one", "two");
	}

	@Test
	void haltsWhenTooManyElementsInARowFail() {
		Pipeline pipeline = rejecting().onFailure((failed) -> {
		}).maxConsecutiveFailures(2);
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			IntStream.range(0, 5).forEach((number) -> tester.queue().send("bad"));
			tester.await();
			assertThat(tester.queue().size()).isEqualTo(3);
			assertThat(tester.daemon().haltReason()).contains("failed elements: more than 2 messages in a row");
			assertThat(tester.daemon().state()).isEqualTo(Subscription.State.PAUSED);
		}
	}

	@Test
	void goesOnAfterAHaltWhenItIsResumed() {
		Pipeline pipeline = rejecting().onFailure((failed) -> {
		}).maxConsecutiveFailures(2);
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			IntStream.range(0, 4).forEach((number) -> tester.queue().send("bad"));
			tester.await();
			assertThat(tester.queue().size()).isEqualTo(2);
			tester.daemon().resume();
			tester.advance(SECOND);
			assertThat(tester.queue().size()).isZero();
		}
	}

	private static Pipeline rejecting() {
		return Bench.words().<Object>map((word) -> {
			throw new RejectMessageException("never");
		}).end();
	}

	private static String numbers(int count) {
		return String.join(" ", IntStream.range(0, count).mapToObj(Integer::toString).toList());
	}

}
