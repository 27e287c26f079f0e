package io.pubsub.pipeline;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import io.pubsub.Outcome;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Origin}.
 */
class OriginTests {

	private static final Failure FAILED = Failure.of(new IllegalStateException("expected"));

	private final TestRun test = new TestRun();

	private final TrackedDelivery delivery = this.test.delivery();

	private final Origin origin = this.test.origin(this.delivery);

	@AfterEach
	void close() {
		this.test.close();
	}

	@Test
	void isSettledWhenTheLastLeafHasEnded() {
		this.origin.fork(2);
		this.origin.end(2);
		assertThat(this.test.settlements()).isZero();
		this.origin.end(1);
		assertThat(this.delivery.settled()).isCompletedWithValue(Settlement.ACKED);
	}

	@Test
	void isNotSettledByAFailureAlone() {
		this.origin.fork(1);
		this.origin.note(FAILED);
		this.origin.end(1);
		assertThat(this.origin.isOver()).isTrue();
		assertThat(this.test.settlements()).isZero();
		this.origin.end(1);
		assertThat(this.delivery.settled()).isCompletedWithValue(Settlement.NACKED);
	}

	@Test
	void isNotOverBecauseOneIsDead() {
		this.origin.note(new Failure(Outcome.failed("dead", null), Failure.Finality.FINAL));
		assertThat(this.origin.isOver()).isFalse();
	}

	@Test
	void isSettledOnceIfItIsBrokenOff() {
		this.origin.fork(1);
		this.origin.breakOff(FAILED);
		this.origin.end(1);
		this.origin.end(1);
		assertThat(this.test.settlements()).isOne();
		assertThat(this.delivery.settled()).isCompletedWithValue(Settlement.NACKED);
	}

	@Test
	void hasOthersWaitUntilItIsSettled() {
		TrackedDelivery other = this.test.delivery();
		assertThat(this.origin.keepBehind(other)).isTrue();
		this.origin.end(1);
		assertThat(this.origin.keepBehind(other)).isFalse();
	}

	@Test
	void isSettledOnceWhateverManyThreadsMakeOfIt() {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		IntStream.range(0, 500).forEach((round) -> growTree(threads));
		threads.shutdown();
		assertThat(this.test.settlements()).isEqualTo(500);
	}

	// Each leaf looks whether it comes before the settlement.
	private void growTree(ExecutorService threads) {
		TrackedDelivery delivery = this.test.delivery();
		Origin origin = this.test.origin(delivery);
		Queue<Boolean> early = new ConcurrentLinkedQueue<>();
		grow(origin, delivery, 4, threads, early).join();
		assertThat(early).isEmpty();
		assertThat(delivery.settled()).isCompleted();
	}

	private CompletableFuture<Void> grow(Origin origin, TrackedDelivery delivery, int depth, ExecutorService threads,
			Queue<Boolean> early) {
		int children = (depth > 0) ? ThreadLocalRandom.current().nextInt(4) : 0;
		origin.fork(children);
		List<CompletableFuture<Void>> grown = IntStream.range(0, children)
			.mapToObj((child) -> CompletableFuture.completedFuture(null)
				.thenComposeAsync((none) -> grow(origin, delivery, depth - 1, threads, early), threads))
			.toList();
		if (delivery.settled().toCompletableFuture().isDone()) {
			early.add(true);
		}
		origin.end(1);
		return CompletableFuture.allOf(grown.toArray(CompletableFuture[]::new));
	}

}
