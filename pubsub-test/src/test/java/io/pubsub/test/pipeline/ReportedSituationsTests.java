package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.pubsub.NackException;
import io.pubsub.Outcome;
import io.pubsub.RejectMessageException;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.PipelineTester;
import io.pubsub.transport.InboundMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pipelines in situations that users of other engines have reported.
 */
class ReportedSituationsTests {

	private static final Duration LONG = Duration.ofHours(1);

	@Test
	void handsBackAMessageWhoseFunctionEndsWithAnError() {
		Pipeline pipeline = messages().to((message) -> {
			throw new StackOverflowError("panic");
		});
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.sendBody("bad");
			assertThat(tester.outcomes().outcomes()).extracting(Outcome::kind).containsExactly(Outcome.Kind.FAILED);
			assertThat(tester.queue().size()).isOne();
		}
	}

	@Test
	void makesADeadLetterOfWhatASinkRejectsForGood() {
		InMemoryDestination dead = new InMemoryDestination();
		Pipeline pipeline = messages().to((message) -> {
			throw new RejectMessageException("never");
		});
		try (PipelineTester tester = PipelineTester.of((producer) -> pipeline,
				(builder) -> builder.deadLetters(new DeadLetters(dead, "dead")))) {
			tester.sendBody("rejected");
			assertThat(dead.published()).extracting((letter) -> letter.body()).containsExactly("rejected");
			assertThat(tester.queue().size()).isZero();
		}
	}

	@Test
	void letsGoOfABatchLargerThanTheMessagesInFlight() {
		Pipeline pipeline = messages().batch(100, LONG).end();
		try (PipelineTester tester = PipelineTester.of((producer) -> pipeline, (builder) -> builder.maxInFlight(2))) {
			IntStream.range(0, 4).forEach((number) -> tester.queue().send("message"));
			tester.await();
			assertThat(tester.out("batch")).extracting((batch) -> ((List<?>) batch).size()).containsExactly(2, 2);
			assertThat(tester.queue().size()).isZero();
		}
	}

	@Test
	void doesNotWaitForABatchToFillWhenItStops() {
		PipelineTester tester = PipelineTester.of(messages().batch(100, LONG).end());
		tester.sendBody("collected");
		tester.close();
		assertThat(tester.queue().size()).isZero();
		assertThat(tester.outcomes().outcomes()).containsExactly(Outcome.succeeded());
	}

	@Test
	void failsNoneButTheCulpritThatABatchNames() {
		AtomicInteger aside = new AtomicInteger();
		Pipeline pipeline = messages().batch(3, LONG)
			.to((batch) -> batch.fail(1, new IllegalStateException("poison")))
			.onFailure((failed) -> aside.incrementAndGet());
		try (PipelineTester tester = PipelineTester.of((producer) -> pipeline, (builder) -> builder.maxAttempts(1))) {
			IntStream.range(0, 3).forEach((number) -> tester.queue().send("message"));
			tester.await();
			assertThat(aside).hasValue(1);
			assertThat(tester.queue().size()).isZero();
		}
	}

	@Test
	void acknowledgesTheOthersOfABatchOfWhichOneFails() {
		Pipeline pipeline = messages().batch(3, LONG).to((batch) -> batch.fail(1, new NackException(LONG, "later")));
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			IntStream.range(0, 3).forEach((number) -> tester.queue().send("message"));
			tester.await();
			assertThat(tester.queue().size()).isOne();
		}
	}

	@Test
	void worksOnOtherKeysWhileOneWaitsForItsNextAttempt() {
		Pipeline pipeline = messages().keyedBy(InboundMessage::body, 1)
			.map(ReportedSituationsTests::poisoned)
			.retry(5, (attempt) -> LONG)
			.end();
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.sendBody("poison");
			tester.sendBody("healthy");
			assertThat(tester.out("map")).hasSize(1);
			assertThat(tester.queue().size()).isOne();
		}
	}

	private static InboundMessage poisoned(InboundMessage message) {
		if (message.body().equals("poison")) {
			throw new IllegalStateException("poison");
		}
		return message;
	}

	@Test
	void doesNotLetADroppedElementEndTheMessageOfAnOpenBatch() {
		Pipeline pipeline = messages().flatMap((message) -> IntStream.range(0, 2).boxed())
			.filter((number) -> number == 0)
			.batch(100, LONG)
			.end();
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.sendBody("half");
			assertThat(tester.outcomes().outcomes()).isEmpty();
			tester.flush();
			assertThat(tester.outcomes().outcomes()).containsExactly(Outcome.succeeded());
		}
	}

	@Test
	void doesNotAcknowledgeAMessageWhoseFirstPartHasEndedBeforeTheNextIsThere() {
		CountDownLatch next = new CountDownLatch(1);
		Queue<Object> ended = new ConcurrentLinkedQueue<>();
		Pipeline pipeline = messages()
			.flatMap((message) -> IntStream.range(0, 2).peek((part) -> hold(part, next)).boxed())
			.mapConcurrently(1, (part) -> part)
			.to(ended::add);
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.queue().send("parts");
			Awaitility.await().until(() -> ended.size() == 1);
			assertThat(tester.queue().size()).isOne();
			next.countDown();
			tester.await();
			assertThat(ended).containsExactly(0, 1);
			assertThat(tester.outcomes().outcomes()).containsExactly(Outcome.succeeded());
		}
	}

	private static void hold(int part, CountDownLatch next) {
		try {
			assertThat(part == 0 || next.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void doesNotWorkOnAMessageTwiceAtATimeIfItComesAgainMeanwhile() {
		CountDownLatch slow = new CountDownLatch(1);
		AtomicInteger calls = new AtomicInteger();
		InboundMessage message = new InboundMessage("the-same", "twice");
		Pipeline pipeline = messages().mapConcurrently(4, (copy) -> {
			calls.incrementAndGet();
			slow.await();
			return copy;
		}).end();
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.queue().send(message);
			tester.queue().send(message);
			Awaitility.await().until(() -> tester.daemon().inFlight() == 2 && calls.get() == 1);
			assertThat(tester.statistics().inFlight()).isOne();
			slow.countDown();
			Awaitility.await().until(() -> tester.queue().size() == 0);
			assertThat(calls).hasValue(2);
		}
	}

	@Test
	void settlesAMessageOfWhichOnlyCopiesGoOn() {
		Pipeline pipeline = messages().map((message) -> new InboundMessage("copy", "copy of " + message.body()))
			.batch(1, LONG)
			.flatMapIterable(List::copyOf)
			.to((copy) -> assertThat(copy.body()).isEqualTo("copy of good"));
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.sendBody("good");
			tester.sendBody("bad");
			assertThat(tester.outcomes().outcomes()).extracting(Outcome::kind)
				.containsExactly(Outcome.Kind.SUCCEEDED, Outcome.Kind.FAILED);
			assertThat(tester.queue().size()).isOne();
		}
	}

	private static Flow<InboundMessage> messages() {
		return Pipeline.named("reported").fromMessages();
	}

}
