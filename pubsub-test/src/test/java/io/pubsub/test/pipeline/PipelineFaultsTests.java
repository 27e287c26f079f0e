package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.RejectMessageException;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.Concurrency;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.OriginScope;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.PipelineTester;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Destination;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.TrackedDelivery;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for pipelines in which something goes wrong that no step can know of.
 */
class PipelineFaultsTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration LONG = Duration.ofHours(1);

	@Test
	void takesApartAParallelStreamOnItsOwnThread() {
		Queue<String> threads = new ConcurrentLinkedQueue<>();
		Pipeline pipeline = messages().flatMap((message) -> IntStream.range(0, 1_000).parallel().boxed())
			.to((number) -> threads.add(Thread.currentThread().getName()));
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.sendBody("many");
			assertThat(threads).hasSize(1_000).containsOnly("under-test-1");
		}
	}

	@Test
	void makesWhatItPublishesOnce() {
		AtomicInteger calls = new AtomicInteger();
		Pipeline pipeline = messages().publish(broker(PublishResult.published("id")), (message) -> {
			calls.incrementAndGet();
			return letter(message);
		}).end();
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.sendBody("once");
			assertThat(calls).hasValue(1);
			assertThat(tester.outcomes().outcomes()).containsExactly(Outcome.succeeded());
		}
	}

	@Test
	void countsWhatIsThrownAndWhatIsToldLaterAsAttemptsAlike() {
		AtomicInteger calls = new AtomicInteger();
		Destination destination = (messages) -> {
			if (calls.incrementAndGet() % 2 == 0) {
				throw new IllegalStateException("down");
			}
			return CompletableFuture.failedFuture(new IllegalStateException("down"));
		};
		Pipeline pipeline = messages().publish(destination, PipelineFaultsTests::letter)
			.retry(3, (attempt) -> SECOND)
			.end();
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.sendBody("once");
			tester.advance(SECOND);
			tester.advance(SECOND);
			tester.advance(SECOND);
			assertThat(tester.outcomes().outcomes()).extracting(Outcome::kind).containsExactly(Outcome.Kind.FAILED);
			assertThat(calls).hasValue(4);
		}
	}

	@Test
	void handsBackWhatWaitsToBePublishedAgainWhenItStops() {
		Pipeline pipeline = messages()
			.publish(broker(PublishResult.failed(new IllegalStateException("down"))), PipelineFaultsTests::letter)
			.retry(5, (attempt) -> LONG)
			.end();
		PipelineTester tester = PipelineTester.of(pipeline);
		tester.sendBody("later");
		tester.close();
		assertThat(tester.outcomes().outcomes()).extracting(Outcome::tried).containsExactly(false);
		assertThat(tester.queue().size()).isOne();
	}

	@Test
	void usesUpNoAttemptWhenAStopCutsARetryShort() {
		PipelineTester tester = PipelineTester.of((producer) -> retried(), (builder) -> builder.maxAttempts(1));
		tester.sendBody("later");
		tester.close();
		assertThat(tester.outcomes().outcomes()).extracting(Outcome::tried).containsExactly(false);
	}

	private static Pipeline retried() {
		return messages().<Object>map((message) -> {
			throw new IllegalStateException("down");
		}).retry(5, (attempt) -> LONG).end();
	}

	@Test
	void handsBackWhatAListenerFailsOnBehindAChangeOfThreads() {
		Pipeline pipeline = messages().mapConcurrently(2, (message) -> message)
			.batch(1, SECOND)
			.flatMapIterable((batch) -> batch)
			.end();
		try (PipelineTester tester = PipelineTester.of((producer) -> pipeline,
				(builder) -> builder.stageListener(PipelineFaultsTests::failOnBatch))) {
			tester.sendBody("bad");
			assertThat(tester.outcomes().outcomes()).extracting(Outcome::kind).containsExactly(Outcome.Kind.FAILED);
			assertThat(tester.statistics().inFlight()).isZero();
		}
	}

	@Test
	void goesOnWithTheNextMessageIfASettlementThrows() {
		try (Bench bench = new Bench()) {
			bench.run(Bench.words().to(bench::see));
			bench.receiver()
				.receive(new TrackedDelivery(new InboundMessage("broken", "broken"), 1, new BrokenSettler()));
			Delivery next = bench.send("next");
			assertThat(next.settled().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
			assertThat(bench.seen()).containsExactly("broken", "next");
			bench.awaitIdle();
			assertThat(bench.receiver().statistics().inFlight()).isZero();
		}
	}

	private static void failOnBatch(String stage, Object element) {
		assertThat(stage).isNotEqualTo("batch");
	}

	@Test
	void failsWhatAScopeCannotBeEnteredFor() {
		OriginScope closed = new OriginScope() {

			@Override
			public AutoCloseable open() {
				throw new IllegalStateException("closed");
			}

		};
		OriginInterceptor interceptor = (pipeline, content, context) -> closed;
		try (PipelineTester tester = PipelineTester.of((producer) -> messages().to((message) -> {
		}), (builder) -> builder.interceptors(List.of(interceptor)))) {
			tester.sendBody("closed");
			assertThat(tester.outcomes().outcomes()).extracting(Outcome::kind).containsExactly(Outcome.Kind.FAILED);
		}
	}

	@Test
	void letsGoOfOpenBatchesAtAStopAlthoughOthersAreAtWork() {
		CountDownLatch slow = new CountDownLatch(1);
		List<Object> batches = new ArrayList<>();
		Pipeline pipeline = messages()
			.mapConcurrently(Concurrency.of(2).unordered(), (message) -> waitFor(message, slow))
			.batch(100, LONG)
			.to((batch) -> {
				batches.add(batch.size());
				slow.countDown();
			});
		PipelineTester tester = PipelineTester.of(pipeline);
		tester.queue().send("slow");
		tester.queue().send("quick");
		Awaitility.await().until(() -> isResting(tester));
		tester.close();
		assertThat(batches).containsExactly(1, 1);
		assertThat(tester.queue().size()).isZero();
	}

	private static boolean isResting(PipelineTester tester) {
		return tester.statistics()
			.stages()
			.stream()
			.anyMatch((stage) -> stage.kind().equals("batch") && stage.waiting() == 1);
	}

	private static InboundMessage waitFor(InboundMessage message, CountDownLatch latch) throws InterruptedException {
		if (message.body().equals("slow")) {
			latch.await();
		}
		return message;
	}

	@Test
	void freesThePlaceOfAnAbandonedElementOnce() {
		CountDownLatch stubborn = new CountDownLatch(1);
		TestClock clock = new TestClock();
		InMemoryQueue queue = new InMemoryQueue(clock);
		PipelineReceiver receiver = Receivers
			.of(messages().mapConcurrently(Concurrency.of(1).unordered().timeout(SECOND),
					(message) -> ignoring(message, stubborn))
				.end())
			.timekeeper(clock.timekeeper())
			.build();
		ConsumerDaemon daemon = new ConsumerDaemon(queue.source(1, (attempt) -> LONG), receiver, SECOND);
		daemon.start();
		queue.send("stubborn");
		Awaitility.await().until(() -> !receiver.statistics().atWork().isEmpty());
		clock.advance(SECOND.multipliedBy(2));
		assertThat(receiver.statistics().inFlight()).isZero();
		stubborn.countDown();
		Awaitility.await().until(receiver::isIdle);
		assertThat(receiver.isAtRest()).isTrue();
		daemon.stop();
	}

	private static InboundMessage ignoring(InboundMessage message, CountDownLatch latch) {
		CompletableFuture.runAsync(() -> awaitQuietly(latch)).join();
		return message;
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void showsTheSideDoorTheMessageOfTheElementOfABatch() {
		Map<String, String> ids = new ConcurrentHashMap<>();
		Pipeline pipeline = messages().batch(2, SECOND).to((batch) -> {
			throw new RejectMessageException("never");
		})
			.onFailure((failed) -> ids.put(((InboundMessage) failed.element()).id(),
					Objects.requireNonNull(MessageContext.current()).messageId()));
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			String one = tester.sendBody("one");
			String other = tester.sendBody("other");
			assertThat(ids).isEqualTo(Map.of(one, one, other, other));
		}
	}

	@Test
	void refusesANegativeWeight() {
		Pipeline pipeline = messages().batch(10, (message) -> -1, SECOND).end();
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.sendBody("light");
			assertThat(tester.outcomes().outcomes()).extracting(Outcome::kind).containsExactly(Outcome.Kind.FAILED);
		}
	}

	@Test
	void putsAnElementHeavierThanAnyBatchIntoOneOfItsOwn() {
		Pipeline pipeline = messages()
			.batch(10, (message) -> message.body().equals("heavy") ? Long.MAX_VALUE : 1, SECOND)
			.end();
		try (PipelineTester tester = PipelineTester.of(pipeline)) {
			tester.sendBody("light");
			tester.sendBody("heavy");
			assertThat(tester.out("batch")).extracting((batch) -> ((List<?>) batch).size()).containsExactly(1, 1);
		}
	}

	private static Flow<InboundMessage> messages() {
		return Pipeline.named("under-test").fromMessages();
	}

	private static OutboundMessage letter(InboundMessage message) {
		return new OutboundMessage("letters", new MediaType("application/vnd.test.letter"), message.body(), Map.of(),
				"group", null);
	}

	private static Destination broker(PublishResult result) {
		return (messages) -> CompletableFuture.completedFuture(List.of(result));
	}

	/**
	 * Fails at whatever it has to carry out.
	 */
	private static final class BrokenSettler implements TrackedDelivery.Settler {

		@Override
		public void ack(TrackedDelivery delivery) {
			throw new IllegalStateException("expected");
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
			throw new IllegalStateException("expected");
		}

	}

}
