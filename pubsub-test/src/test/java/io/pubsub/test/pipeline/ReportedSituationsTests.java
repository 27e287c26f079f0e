package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.List;
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

	private static Flow<InboundMessage> messages() {
		return Pipeline.named("reported").fromMessages();
	}

}
