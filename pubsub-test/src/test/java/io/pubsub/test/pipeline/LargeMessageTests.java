package io.pubsub.test.pipeline;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.Outcome;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.Batch;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.OutcomeRecorder;
import io.pubsub.test.TestClock;
import io.pubsub.transport.InboundMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for messages that become a million elements.
 */
class LargeMessageTests {

	private static final int MANY = 1_000_000;

	private static final int MAX_IN_FLIGHT = 2;

	// Two rooms and the open batches.
	private static final int MOST_OPEN = 5_000;

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final long MOST_GROWTH = 32_000_000;

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger mostOpen = new AtomicInteger();

	private final AtomicInteger mostInFlight = new AtomicInteger();

	private final AtomicInteger ended = new AtomicInteger();

	private final AtomicLong growth = new AtomicLong();

	private volatile IntSupplier inFlight = () -> 0;

	private final OutcomeRecorder outcomes = new OutcomeRecorder();

	@Test
	void holdFewElementsOfAStream() {
		run(messages().flatMap((message) -> numbers(message).mapToObj(this::element)));
		assertThat(this.mostOpen).hasValueBetween(1, MOST_OPEN);
	}

	@Test
	void holdFewElementsOfNestedStreams() {
		run(messages()
			.flatMap((message) -> Stream.of(message).flatMap((same) -> numbers(same).mapToObj(this::element))));
		assertThat(this.mostOpen).hasValueBetween(1, MOST_OPEN);
	}

	@Test
	void holdFewElementsOfAnIterator() {
		run(messages().flatMapIterator((message) -> numbers(message).mapToObj(this::element).iterator()));
		assertThat(this.mostOpen).hasValueBetween(1, MOST_OPEN);
	}

	@Test
	void leaveNothingInTheHeap() {
		run(messages().flatMap((message) -> numbers(message).peek(this::measure).mapToObj(this::element)));
		assertThat(this.growth).hasValueLessThan(MOST_GROWTH);
	}

	private static Flow<InboundMessage> messages() {
		return Pipeline.named("large").fromMessages();
	}

	private static IntStream numbers(InboundMessage message) {
		return IntStream.range(0, Integer.parseInt(message.body()));
	}

	// So large that a million of them would be seen.
	private byte[] element(int number) {
		this.mostOpen.accumulateAndGet(this.open.incrementAndGet(), Math::max);
		return new byte[64];
	}

	private void measure(int number) {
		switch (number) {
			case MANY / 10 -> this.growth.addAndGet(-usedHeap());
			case MANY - 1 -> this.growth.addAndGet(usedHeap());
			default -> {
			}
		}
	}

	private static long usedHeap() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

	private void run(Flow<byte[]> elements) {
		TestClock clock = new TestClock();
		InMemoryQueue queue = new InMemoryQueue(clock);
		PipelineReceiver receiver = Receivers.of(collected(elements))
			.timekeeper(clock.timekeeper())
			.maxInFlight(MAX_IN_FLIGHT)
			.listeners(List.of(this.outcomes))
			.build();
		List.of(1, 1, MANY, 1, 1).forEach((number) -> queue.send(number.toString()));
		ConsumerDaemon daemon = new ConsumerDaemon(queue.source(MAX_IN_FLIGHT, (attempt) -> LONG), receiver, LONG);
		this.inFlight = daemon::inFlight;
		daemon.start();
		Awaitility.await().atMost(LONG).until(() -> isDone(queue, receiver, clock));
		daemon.stop();
		assertThat(this.ended).hasValue(MANY + 4);
		assertThat(this.mostInFlight).hasValue(MAX_IN_FLIGHT);
		assertThat(this.outcomes.outcomes()).hasSize(5).containsOnly(Outcome.succeeded());
	}

	// The last message may rest in an open batch by itself.
	private static boolean isDone(InMemoryQueue queue, PipelineReceiver receiver, TestClock clock) {
		clock.advance(SECOND);
		return queue.size() == 0 && receiver.isIdle();
	}

	private Pipeline collected(Flow<byte[]> elements) {
		return elements.keyedBy((element) -> this.open.get() % 16, 2)
			.map((element) -> element)
			.batch(100, SECOND)
			.to(this::end);
	}

	private void end(Batch<byte[]> batch) {
		this.mostInFlight.accumulateAndGet(this.inFlight.getAsInt(), Math::max);
		this.ended.addAndGet(batch.size());
		this.open.addAndGet(-batch.size());
	}

}
