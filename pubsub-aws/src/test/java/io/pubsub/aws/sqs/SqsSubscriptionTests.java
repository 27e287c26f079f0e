package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.Subscription.State;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqsSubscription}.
 */
class SqsSubscriptionTests {

	private static final Duration DRAIN = Duration.ofSeconds(5);

	private final SqsFixture fixture = new SqsFixture(SqsFixture.options()).start();

	@Test
	void whenStoppedHandsBackWhatNobodyHasBegun() {
		this.fixture.sqs.answer(10);
		this.fixture.subscription.stop(DRAIN);
		assertThat(this.fixture.sqs.visibilities()).hasSize(10).containsOnly(0);
		assertThat(this.fixture.deliveries).noneMatch(Delivery::begin);
		assertThat(this.fixture.subscription.inFlight()).isZero();
	}

	@Test
	void whenStoppedWhileIdleEndsWithItsOpenReceive() {
		this.fixture.clock.advance(Duration.ofSeconds(10));
		CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> this.fixture.subscription.stop(DRAIN));
		Awaitility.await().until(() -> this.fixture.subscription.state() == State.STOPPED);
		assertThat(stop).isNotDone();
		this.fixture.sqs.answer(0);
		assertThat(stop).succeedsWithin(DRAIN);
		assertThat(this.fixture.subscription.exhausted().toCompletableFuture()).isCompleted();
	}

	@Test
	void whenStoppedHandsBackWhatAnOpenReceiveStillBrings() {
		this.fixture.clock.advance(Duration.ofSeconds(10));
		CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> this.fixture.subscription.stop(DRAIN));
		Awaitility.await().until(() -> this.fixture.subscription.state() == State.STOPPED);
		this.fixture.sqs.answer(3);
		assertThat(stop).succeedsWithin(DRAIN);
		assertThat(this.fixture.deliveries).isEmpty();
		assertThat(this.fixture.sqs.visibilities()).containsExactly(0, 0, 0);
		assertThat(this.fixture.sqs.openLimits()).isEmpty();
	}

	@Test
	void whenStoppedHandsBackWhatIsBeingExtended() {
		CompletableFuture<ChangeMessageVisibilityBatchResponse> underWay = new CompletableFuture<>();
		this.fixture.sqs.answerNextChange(underWay);
		this.fixture.sqs.answer(10);
		this.fixture.clock.advance(Duration.ofSeconds(21));
		CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> this.fixture.subscription.stop(DRAIN));
		Awaitility.await().until(() -> this.fixture.subscription.inFlight() == 0);
		assertThat(stop).isNotDone();
		underWay.complete(ChangeMessageVisibilityBatchResponse.builder()
			.successful(IntStream.range(0, 10)
				.mapToObj((place) -> ChangeMessageVisibilityBatchResultEntry.builder().id("" + place).build())
				.toList())
			.build());
		assertThat(stop).succeedsWithin(DRAIN);
		assertThat(this.fixture.sqs.visibilities()).hasSize(20).endsWith(0, 0);
	}

	@Test
	void countsAReceiveAsOpenWhileItIsBeingSent() {
		SqsFixture idle = new SqsFixture(SqsFixture.options());
		List<Boolean> done = new ArrayList<>();
		idle.sqs.onNextReceive(() -> done.add(idle.loop.openReceives().isDone()));
		idle.start();
		assertThat(done).containsExactly(false);
	}

	@Test
	void afterStopHandsBackWhatALateReceiveBrings() {
		this.fixture.subscription.stop(Duration.ZERO);
		this.fixture.sqs.answer(3);
		assertThat(this.fixture.deliveries).isEmpty();
		assertThat(this.fixture.sqs.visibilities()).containsExactly(0, 0, 0);
	}

	@Test
	void whenStoppedWaitsForWhatWasBegunAndDeletesIt() {
		this.fixture.sqs.answer(2);
		this.fixture.delivery(0).begin();
		CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> this.fixture.subscription.stop(DRAIN));
		Awaitility.await().until(() -> this.fixture.sqs.visibilities().equals(List.of(0)));
		assertThat(stop).isNotDone();
		this.fixture.sqs.answer(0);
		this.fixture.delivery(0).ack();
		Awaitility.await().untilAsserted(() -> assertThat(stop).isCompleted());
		assertThat(this.fixture.sqs.deleted()).containsExactly("r1");
	}

	@Test
	void whenAHandlerOutlastsTheDrainLeavesItsMessageToTheQueue() {
		this.fixture.sqs.answer(1);
		this.fixture.delivery(0).begin();
		this.fixture.subscription.stop(Duration.ofMillis(10));
		assertThat(this.fixture.sqs.changes).isEmpty();
		assertThat(this.fixture.subscription.inFlight()).isEqualTo(1);
	}

	@Test
	void afterStopStillDeletesWhatIsAcked() {
		this.fixture.sqs.answer(1);
		this.fixture.delivery(0).begin();
		this.fixture.subscription.stop(Duration.ofMillis(10));
		this.fixture.delivery(0).ack();
		assertThat(this.fixture.sqs.deleted()).containsExactly("r1");
	}

	@Test
	void whenStoppedAgainDoesNothing() {
		this.fixture.sqs.answer(10);
		this.fixture.subscription.stop(DRAIN);
		this.fixture.subscription.stop(DRAIN);
		assertThat(this.fixture.sqs.changes).hasSize(1);
	}

	@Test
	void whenStoppedByManyThreadsAllWaitForTheSameEnd() {
		this.fixture.sqs.answer(1);
		this.fixture.delivery(0).begin();
		CompletableFuture<Void> first = CompletableFuture.runAsync(() -> this.fixture.subscription.stop(DRAIN));
		CompletableFuture<Void> second = CompletableFuture.runAsync(() -> this.fixture.subscription.stop(DRAIN));
		Awaitility.await().until(() -> this.fixture.subscription.state() == State.STOPPED);
		assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);
		this.fixture.sqs.answer(0);
		this.fixture.delivery(0).ack();
		Awaitility.await().untilAsserted(() -> assertThat(List.of(first, second)).allMatch(CompletableFuture::isDone));
	}

	@Test
	void keepsItsBooksUnderRandomInterleavings() {
		ConcurrentLinkedQueue<Delivery> received = new ConcurrentLinkedQueue<>();
		AtomicInteger most = new AtomicInteger();
		SqsFixture stressed = new SqsFixture(
				SqsFixture.options().toBuilder().maxPrefetch(0).ackLinger(Duration.ZERO).build(), received::add);
		stressed.start();
		List<Delivery> settled = IntStream.range(0, 4)
			.mapToObj((seed) -> CompletableFuture.supplyAsync(() -> work(stressed, received, new Random(seed), most)))
			.toList()
			.stream()
			.flatMap((worker) -> worker.join().stream())
			.toList();
		assertThat(most).hasValueLessThanOrEqualTo(10);
		assertThat(stressed.sqs.openLimits().isEmpty()).isEqualTo(stressed.loop.inFlight() == 10);
		stressed.subscription.stop(Duration.ofMillis(100));
		assertThat(stressed.subscription.inFlight()).isZero();
		assertThat(stressed.sqs.deleted()).doesNotHaveDuplicates();
		assertThat(settled).allSatisfy((delivery) -> assertThat(delivery.settled().toCompletableFuture())
			.isCompletedWithValueMatching((settlement) -> settlement != Settlement.LOST));
	}

	private static List<Delivery> work(SqsFixture stressed, ConcurrentLinkedQueue<Delivery> received, Random random,
			AtomicInteger most) {
		List<Delivery> settled = new ArrayList<>();
		while (settled.size() < 2_000) {
			stressed.sqs.answerIfOpen(1 + random.nextInt(10));
			most.accumulateAndGet(stressed.loop.inFlight(), Math::max);
			for (int k = random.nextInt(12); k > 0; k--) {
				Delivery delivery = received.poll();
				if (delivery != null) {
					settle(delivery, random);
					settled.add(delivery);
				}
			}
		}
		return settled;
	}

	private static void settle(Delivery delivery, Random random) {
		if (random.nextBoolean()) {
			delivery.begin();
		}
		if (random.nextInt(4) > 0) {
			delivery.ack();
		}
		delivery.close();
	}

}
