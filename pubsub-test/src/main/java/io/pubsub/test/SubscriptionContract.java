package io.pubsub.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import io.pubsub.transport.Subscription.State;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises that every {@link Source} of a queue keeps about back-pressure, pausing,
 * stopping and sharing the work. The test of such a source extends this class, and
 * {@link SourceContract}.
 *
 * @since 0.1.0
 */
public abstract class SubscriptionContract {

	private static final BackoffPolicy LATE = BackoffPolicy.fixed(BackoffPolicy.LONGEST_DELAY);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final List<Subscription> subscriptions = new ArrayList<>();

	/**
	 * The queue of the test.
	 * @return a queue that is empty at the beginning of a test, and always the same until
	 * its end
	 */
	protected abstract QueueUnderTest queue();

	@AfterEach
	void stopSubscriptions() {
		this.subscriptions.forEach((subscription) -> subscription.stop(Duration.ZERO));
	}

	@Test
	void handsOverNoMoreThanTheLimit() {
		send(3);
		TestConsumer consumer = consume(2);
		consumer.await(2);
		queue().passTime(queue().unit());
		assertThat(consumer.deliveries()).hasSize(2);
		assertThat(consumer.subscription().inFlight()).isEqualTo(2);
	}

	@Test
	void whenAckedHandsOverTheNext() {
		send(3);
		TestConsumer consumer = consume(2);
		consumer.await(2).ack();
		consumer.await(3);
		assertThat(consumer.bodies()).containsExactlyInAnyOrder("order-1", "order-2", "order-3");
	}

	@Test
	void whenNackedHandsOverTheNext() {
		send(2);
		TestConsumer consumer = consume(1);
		consumer.await(1).nack(null);
		consumer.await(2);
		assertThat(consumer.bodies()).containsExactlyInAnyOrder("order-1", "order-2");
	}

	@Test
	void whenSettledIsNoLongerInFlight() {
		send(1);
		TestConsumer consumer = consume(1);
		consumer.await(1).ack();
		assertThat(consumer.await(1)).isAcked();
		assertThat(consumer.subscription().inFlight()).isZero();
	}

	@Test
	void whenReceiverThrowsDeliversAgain() {
		send(1);
		TestConsumer consumer = new TestConsumer(
				(receiver) -> subscribe(1, BackoffPolicy.fixed(Duration.ZERO), (delivery) -> {
					receiver.receive(delivery);
					throwAtFirstAttempt(delivery);
				}));
		assertThat(consumer.await(2)).hasAttempt(2);
	}

	@Test
	void whenPausedHandsOverNothing() {
		send(2);
		TestConsumer consumer = consume(1);
		Delivery delivery = consumer.await(1);
		consumer.subscription().pause();
		delivery.ack();
		assertThat(delivery).isAcked();
		queue().passTime(queue().unit());
		assertThat(consumer.deliveries()).hasSize(1);
	}

	@Test
	void whenResumedHandsOverTheNext() {
		send(2);
		TestConsumer consumer = consume(1);
		Delivery delivery = consumer.await(1);
		consumer.subscription().pause();
		delivery.ack();
		consumer.subscription().resume();
		assertThat(consumer.await(2)).hasAttempt(1);
	}

	@Test
	void whenLimitedHandsOverNoMoreThanThat() {
		send(4);
		TestConsumer consumer = consume(3);
		consumer.await(3);
		consumer.subscription().limit(1);
		consumer.deliveries().forEach(Delivery::ack);
		consumer.await(4);
		send(2);
		queue().passTime(queue().unit());
		assertThat(consumer.deliveries()).hasSize(4);
	}

	@Test
	void whenNoLongerLimitedHandsOverTheRest() {
		TestConsumer consumer = consume(3);
		consumer.subscription().limit(0);
		consumer.subscription().limit(Integer.MAX_VALUE);
		send(3);
		assertThat(consumer.await(3)).hasAttempt(1);
	}

	@Test
	void whenStartedPausedHandsOverNothing() {
		send(1);
		TestConsumer consumer = new TestConsumer((receiver) -> {
			Subscription subscription = queue().source(1, LATE).start(receiver, 0);
			this.subscriptions.add(subscription);
			return subscription;
		});
		queue().passTime(queue().unit());
		assertThat(consumer.deliveries()).isEmpty();
		assertThat(consumer.subscription().state()).isEqualTo(State.PAUSED);
	}

	@Test
	void whenFullTellsTheReceiverThatItIsBlocked() {
		TestConsumer consumer = consume(2);
		send(2);
		consumer.await(2);
		consumer.awaitBlocked(true);
		consumer.deliveries().get(0).ack();
		consumer.awaitBlocked(false);
	}

	@Test
	void whenPausedTellsTheReceiverThatItIsBlocked() {
		TestConsumer consumer = consume(2);
		consumer.subscription().pause();
		consumer.awaitBlocked(true);
		consumer.subscription().resume();
		consumer.awaitBlocked(false);
	}

	@Test
	void whenLimitedTellsTheReceiverThatItIsBlocked() {
		TestConsumer consumer = consume(3);
		send(1);
		consumer.await(1);
		consumer.subscription().limit(1);
		consumer.awaitBlocked(true);
		consumer.subscription().limit(2);
		consumer.awaitBlocked(false);
	}

	@Test
	void tellsItsState() {
		Subscription subscription = consume(1).subscription();
		assertThat(subscription.state()).isEqualTo(State.RECEIVING);
		subscription.pause();
		assertThat(subscription.state()).isEqualTo(State.PAUSED);
		subscription.resume();
		assertThat(subscription.state()).isEqualTo(State.RECEIVING);
		subscription.stop(Duration.ZERO);
		assertThat(subscription.state()).isEqualTo(State.STOPPED);
	}

	@Test
	void whenStoppedStaysStopped() {
		Subscription subscription = consume(1).subscription();
		subscription.stop(Duration.ZERO);
		subscription.resume();
		assertThat(subscription.state()).isEqualTo(State.STOPPED);
	}

	@Test
	void whenStoppedHandsOverNothing() {
		TestConsumer consumer = consume(1);
		consumer.subscription().stop(Duration.ZERO);
		send(1);
		queue().passTime(queue().unit());
		assertThat(consumer.deliveries()).isEmpty();
	}

	@Test
	void whenStoppedIsExhausted() {
		Subscription subscription = consume(1).subscription();
		assertThat(subscription.exhausted().toCompletableFuture()).isNotDone();
		subscription.stop(Duration.ZERO);
		assertThat(subscription.exhausted().toCompletableFuture()).succeedsWithin(PATIENCE);
	}

	@Test
	void whenStoppedHandsBackWhatWasNotBegun() {
		send(2);
		TestConsumer consumer = consume(2);
		Delivery delivery = consumer.await(2);
		consumer.subscription().stop(PATIENCE);
		assertThat(delivery.begin()).isFalse();
		assertThat(delivery).isNacked();
		TestConsumer next = consume(2);
		next.await(2);
		assertThat(next.bodies()).containsExactlyInAnyOrder("order-1", "order-2");
	}

	@Test
	void whenStoppedWaitsForWhatWasBegun() {
		send(1);
		TestConsumer consumer = consume(1);
		Delivery delivery = begin(consumer);
		CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> consumer.subscription().stop(PATIENCE));
		Awaitility.await().until(() -> consumer.subscription().state() == State.STOPPED);
		assertThat(stop).isNotDone();
		delivery.ack();
		assertThat(delivery).isAcked();
		assertThat(stop).succeedsWithin(PATIENCE);
	}

	@Test
	void whenStoppedAgainWaitsForTheSameEnd() {
		send(1);
		TestConsumer consumer = consume(1);
		Delivery delivery = begin(consumer);
		CompletableFuture<Void> first = CompletableFuture.runAsync(() -> consumer.subscription().stop(PATIENCE));
		Awaitility.await().until(() -> consumer.subscription().state() == State.STOPPED);
		CompletableFuture<Void> second = CompletableFuture.runAsync(() -> consumer.subscription().stop(Duration.ZERO));
		delivery.ack();
		assertThat(second).succeedsWithin(PATIENCE);
		assertThat(first).succeedsWithin(PATIENCE);
		assertThat(delivery).isAcked();
	}

	@Test
	void whenStoppedTooSoonLeavesTheRestToTheQueue() {
		send(1);
		TestConsumer consumer = consume(1);
		begin(consumer);
		consumer.subscription().stop(Duration.ZERO);
		TestConsumer next = consume(1);
		queue().passTime(queue().visibilityTimeout());
		assertThat(next.await(1)).hasAttempt(queue().attemptAfterAnotherConsumer());
	}

	@Test
	void whenStoppedTooSoonStillTellsOfTheSettlement() {
		send(1);
		TestConsumer consumer = consume(1);
		Delivery delivery = begin(consumer);
		consumer.subscription().stop(Duration.ZERO);
		delivery.ack();
		assertThat(delivery.settled().toCompletableFuture()).succeedsWithin(PATIENCE)
			.isIn(Settlement.ACKED, Settlement.LOST);
	}

	@Test
	void sharesTheWorkWithOthers() {
		send(10);
		TestConsumer one = consume(5);
		TestConsumer other = consume(5);
		one.await(5);
		other.await(5);
		assertThat(Stream.of(one, other).flatMap((consumer) -> consumer.bodies().stream())).hasSize(10)
			.doesNotHaveDuplicates();
	}

	private void send(int count) {
		IntStream.rangeClosed(1, count).forEach((number) -> queue().send("order-" + number, Map.of()));
	}

	private TestConsumer consume(int limit) {
		return new TestConsumer((receiver) -> subscribe(limit, LATE, receiver));
	}

	private Subscription subscribe(int limit, BackoffPolicy backoff, Receiver receiver) {
		Subscription subscription = queue().source(limit, backoff).start(receiver);
		this.subscriptions.add(subscription);
		return subscription;
	}

	private static Delivery begin(TestConsumer consumer) {
		Delivery delivery = consumer.await(1);
		assertThat(delivery.begin()).isTrue();
		return delivery;
	}

	private static void throwAtFirstAttempt(Delivery delivery) {
		if (delivery.attempt() == 1) {
			throw new IllegalStateException("expected");
		}
	}

}
