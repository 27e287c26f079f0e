package io.pubsub.test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link InMemoryQueue}: what it promises beyond {@link SourceContract} and
 * {@link SubscriptionContract}.
 */
class InMemoryQueueTests {

	private final TestClock clock = new TestClock();

	private final InMemoryQueue queue = new InMemoryQueue(this.clock);

	private final List<String> bodies = new ArrayList<>();

	@Test
	void handsOverBeforeTheCallReturns() {
		this.queue.source().start((delivery) -> this.bodies.add(delivery.message().body()));
		this.queue.send("order-1");
		assertThat(this.bodies).containsExactly("order-1");
	}

	@Test
	void handsOverInTheOrderOfSending() {
		IntStream.rangeClosed(1, 5).forEach((number) -> this.queue.send("order-" + number));
		this.queue.source().start((delivery) -> this.bodies.add(delivery.message().body()));
		assertThat(this.bodies).containsExactly("order-1", "order-2", "order-3", "order-4", "order-5");
	}

	@Test
	void handsOverNothingUntilTheClockSaysSo() {
		TestConsumer consumer = new TestConsumer(this.queue.source());
		this.queue.send("order-1");
		consumer.await(1).nack(Duration.ofSeconds(10));
		this.clock.advance(Duration.ofSeconds(10).minusNanos(1));
		assertThat(consumer.deliveries()).hasSize(1);
		this.clock.advance(Duration.ofNanos(1));
		assertThat(consumer.deliveries()).hasSize(2);
	}

	@Test
	void deliversAgainAfterFiveSecondsUnlessToldOtherwise() {
		TestConsumer consumer = new TestConsumer(this.queue.source());
		this.queue.send("order-1");
		consumer.await(1).nack(null);
		this.clock.advance(Duration.ofSeconds(4));
		assertThat(consumer.deliveries()).hasSize(1);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(consumer.deliveries()).hasSize(2);
	}

	@Test
	void hidesWhatStoppedConsumerLeftUntilTheVisibilityTimeout() {
		this.queue.send("order-1");
		TestConsumer stopped = new TestConsumer(this.queue.source());
		stopped.await(1).begin();
		stopped.subscription().stop(Duration.ZERO);
		TestConsumer next = new TestConsumer(this.queue.source());
		this.clock.advance(Duration.ofSeconds(29));
		assertThat(next.deliveries()).isEmpty();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(next.deliveries()).hasSize(1);
	}

	@Test
	void hidesNothingThatPausedConsumerDoesNotTake() {
		TestConsumer paused = new TestConsumer(this.queue.source());
		paused.subscription().pause();
		TestConsumer other = new TestConsumer(this.queue.source());
		this.queue.send("order-1");
		assertThat(paused.deliveries()).isEmpty();
		assertThat(other.bodies()).containsExactly("order-1");
	}

	@Test
	void sizeCountsWhatIsNotAcknowledged() {
		this.queue.send("order-1");
		this.queue.send("order-2");
		TestConsumer consumer = new TestConsumer(this.queue.source());
		assertThat(this.queue.size()).isEqualTo(2);
		consumer.await(1).ack();
		consumer.await(2).nack(Duration.ofSeconds(10));
		assertThat(this.queue.size()).isEqualTo(1);
	}

	@Test
	void sendsMessageAsItIs() {
		InboundMessage message = new InboundMessage("id-1", "order-1", Map.of("origin", "test"), "group-1",
				this.clock.instant());
		this.queue.send(message);
		assertThat(new TestConsumer(this.queue.source()).await(1).message()).isEqualTo(message);
	}

	@Test
	void stampsMessageWithIdAndTimeOfSending() {
		this.clock.advance(Duration.ofMinutes(1));
		String id = this.queue.send("order-1");
		InboundMessage message = new TestConsumer(this.queue.source()).await(1).message();
		assertThat(message.id()).isEqualTo(id);
		assertThat(message.sentAt()).isEqualTo(this.clock.instant());
	}

	@Test
	void worksOffLongQueueWithReceiverThatSettlesAtOnce() {
		IntStream.range(0, 100_000).forEach((number) -> this.queue.send("order"));
		this.queue.source(1, BackoffPolicy.fixed(Duration.ZERO)).start(Delivery::ack);
		assertThat(this.queue.size()).isZero();
	}

	@Test
	void receiverMaySendWhileItReceives() {
		Deque<String> followUps = new ArrayDeque<>(List.of("order-2", "order-3"));
		this.queue.source().start((delivery) -> {
			this.bodies.add(delivery.message().body());
			Optional.ofNullable(followUps.poll()).ifPresent(this.queue::send);
		});
		this.queue.send("order-1");
		assertThat(this.bodies).containsExactly("order-1", "order-2", "order-3");
	}

	@Test
	void losesNothingWhenManyThreadsSendAndSettle() {
		Set<String> ids = ConcurrentHashMap.newKeySet();
		this.queue.source(3, BackoffPolicy.fixed(Duration.ZERO))
			.start((delivery) -> CompletableFuture.runAsync(() -> delivery.ack())
				.thenRun(() -> ids.add(delivery.message().id())));
		CompletableFuture<?>[] senders = IntStream.range(0, 4)
			.mapToObj((sender) -> CompletableFuture
				.runAsync(() -> IntStream.range(0, 1000).forEach((number) -> this.queue.send("order"))))
			.toArray(CompletableFuture<?>[]::new);
		assertThat(CompletableFuture.allOf(senders)).succeedsWithin(Duration.ofSeconds(30));
		Awaitility.await().until(() -> ids.size() == 4000 && this.queue.size() == 0);
	}

	@Test
	void forgetsWhatWaitsWhenItIsCleared() {
		this.queue.send("order-1");
		this.queue.clear();
		assertThat(this.queue.size()).isZero();
		this.queue.source().start((delivery) -> this.bodies.add(delivery.message().body()));
		assertThat(this.bodies).isEmpty();
	}

	@Test
	void refusesLimitBelowOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.queue.source(0, (attempt) -> Duration.ZERO))
			.withMessage("the limit of a source must be at least 1, not 0");
	}

}
