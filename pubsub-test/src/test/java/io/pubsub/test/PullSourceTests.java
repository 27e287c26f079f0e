package io.pubsub.test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import io.pubsub.daemon.ThreadPoolReceiver;
import io.pubsub.source.Feed;
import io.pubsub.source.PullSource;
import io.pubsub.source.UpstreamFailedException;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.Subscription;
import io.pubsub.transport.Subscription.State;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link PullSource} beside the contracts.
 */
class PullSourceTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final TestClock clock = new TestClock();

	private final ScriptedFeed feed = new ScriptedFeed();

	private final List<Subscription> subscriptions = new ArrayList<>();

	@AfterEach
	void stop() {
		this.subscriptions.forEach((subscription) -> subscription.stop(Duration.ZERO));
	}

	@Test
	void asksForAsManyAsCanBeHandedOver() {
		this.feed.gives("1", "2");
		consume(builder().limit(3)).await(2);
		awaitCalls(2);
		assertThat(this.feed.asked).containsExactly(3, 1);
	}

	@Test
	void asksForAsManyAsTheReceiverWorksOnAtOnce() {
		start(builder(), new ThreadPoolReceiver(Delivery::ack, 7, Thread::new));
		awaitCalls(1);
		assertThat(this.feed.asked).containsExactly(7);
	}

	@Test
	void asksOnAThreadOfItsOwn() {
		this.feed.gives("1");
		consume(builder());
		awaitCalls(2);
		assertThat(this.feed.threads).containsOnly("pubsub-orders");
	}

	@Test
	void asksAgainAfterThePollIntervalWhenNothingCame() {
		consume(builder().pollInterval(Duration.ofSeconds(5)));
		awaitCalls(1);
		awaitWhileAdvancing(Duration.ofSeconds(5), () -> assertThat(this.feed.asked).hasSizeGreaterThan(1));
	}

	@Test
	void doesNotSpinWhenNothingOrNothingNewComes() {
		this.feed.gives("1").gives("1");
		consume(builder());
		awaitCalls(2);
		Awaitility.await().during(Duration.ofMillis(200)).untilAsserted(() -> assertThat(this.feed.asked).hasSize(2));
	}

	@Test
	void keepsWhatIsMoreThanCanBeHandedOver() {
		this.feed.gives("1", "2", "3");
		TestConsumer consumer = consume(builder().limit(2));
		consumer.await(2);
		assertThat(this.feed.asked).hasSize(1);
		consumer.deliveries().get(0).ack();
		assertThat(consumer.await(3).message().id()).isEqualTo("3");
	}

	@Test
	void ignoresAnIdThatIsAtWork() {
		this.feed.gives("1").gives("1", "2", "2");
		TestConsumer consumer = consume(builder());
		consumer.await(2);
		awaitCalls(3);
		assertThat(consumer.deliveries()).extracting((delivery) -> delivery.message().id()).containsExactly("1", "2");
	}

	@Test
	void tellsWhatHasSucceeded() {
		this.feed.gives("1", "2");
		TestConsumer consumer = consume(builder());
		consumer.await(2).ackDeadLetter("malformed");
		consumer.await(1).ack();
		assertThat(consumer.await(1)).isAcked();
		assertThat(this.feed.told).containsExactly("2 succeeded", "1 succeeded");
	}

	@Test
	void tellsWhatHasFailedAndHow() {
		this.feed.gives("1", "2", "3");
		TestConsumer consumer = consume(builder());
		consumer.await(3).reject("malformed");
		consumer.await(1).nack(Duration.ofSeconds(7));
		consumer.await(2).release(Duration.ZERO);
		assertThat(consumer.await(2)).isNacked();
		assertThat(this.feed.told).containsExactly("3 REJECTED", "1 FAILED", "2 UNTRIED");
		assertThat(this.feed.failures).extracting(Feed.Failure::attempts).containsExactly(1, 1, 0);
		assertThat(this.feed.failures.get(0).reason()).isEqualTo("malformed");
		assertThat(this.feed.failures.get(1).delay()).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void countsAttemptsThatTheFeedDoesNotKeep() {
		this.feed.gives("1");
		TestConsumer consumer = consume(builder());
		Delivery first = consumer.await(1);
		this.feed.gives("1");
		first.nack(Duration.ZERO);
		assertThat(consumer.await(2)).hasAttempt(2);
	}

	@Test
	void whenTheFeedThrowsBacksOffAndGoesOn() {
		this.feed.answers.add(() -> {
			throw new IOException("expected");
		});
		PullSource source = builder().build();
		TestConsumer consumer = consume(source);
		Awaitility.await().until(() -> consumer.subscription().state() == State.BACKING_OFF);
		assertThat(source.failures()).isOne();
		this.feed.gives("1");
		awaitWhileAdvancing(Duration.ofSeconds(2), () -> assertThat(consumer.deliveries()).hasSize(1));
		assertThat(consumer.subscription().state()).isEqualTo(State.RECEIVING);
	}

	@Test
	void takesNullForAFailureAndNothingElse() {
		this.feed.answers.add(() -> null);
		PullSource source = builder().build();
		TestConsumer consumer = consume(source);
		Awaitility.await().until(() -> consumer.subscription().state() == State.BACKING_OFF);
		assertThat(source.failures()).isOne();
	}

	@Test
	void whenTheFeedCannotBeToldOfASuccessDoesNotHandleAgain() {
		this.feed.refusal = new IllegalStateException("expected");
		this.feed.gives("1");
		PullSource source = builder().build();
		TestConsumer consumer = consume(source);
		consumer.await(1).ack();
		assertThat(consumer.await(1).settled().toCompletableFuture()).succeedsWithin(PATIENCE)
			.isEqualTo(Settlement.LOST);
		assertThat(source.failures()).isOne();
		this.feed.refusal = null;
		this.feed.gives("1");
		awaitWhileAdvancing(Duration.ofSeconds(1),
				() -> assertThat(this.feed.told).containsExactly("1 succeeded", "1 succeeded"));
		assertThat(consumer.deliveries()).hasSize(1);
	}

	@Test
	void whenTheFeedCannotBeToldOfAFailureTheMessageIsLost() {
		this.feed.refusal = new IllegalStateException("expected");
		this.feed.gives("1");
		PullSource source = builder().build();
		TestConsumer consumer = consume(source);
		consumer.await(1).nack(null);
		assertThat(consumer.await(1).settled().toCompletableFuture()).succeedsWithin(PATIENCE)
			.isEqualTo(Settlement.LOST);
		assertThat(source.failures()).isOne();
	}

	@Test
	void endsWithItsFeedWhenAllIsSettled() {
		this.feed.finite = true;
		this.feed.gives("1");
		TestConsumer consumer = consume(builder());
		Delivery delivery = consumer.await(1);
		consumer.awaitBlocked(true);
		assertThat(consumer.subscription().exhausted().toCompletableFuture()).isNotDone();
		delivery.ack();
		assertThat(consumer.subscription().exhausted().toCompletableFuture()).succeedsWithin(PATIENCE);
		assertThat(consumer.subscription().state()).isEqualTo(State.STOPPED);
	}

	@Test
	void doesNotEndBeforeWhatFailedAtTheEndHasComeAgain() {
		this.feed.finite = true;
		this.feed.gives("1");
		TestConsumer consumer = consume(builder());
		Delivery first = consumer.await(1);
		consumer.awaitBlocked(true);
		this.feed.gives("1");
		first.nack(Duration.ZERO);
		consumer.await(2).ack();
		assertThat(consumer.subscription().exhausted().toCompletableFuture()).succeedsWithin(PATIENCE);
		assertThat(this.feed.told).containsExactly("1 FAILED", "1 succeeded");
	}

	@Test
	void asksOnlyWhileItsConditionHolds() {
		AtomicBoolean condition = new AtomicBoolean();
		this.feed.gives("1", "2");
		TestConsumer consumer = consume(builder().runWhen(condition::get));
		consumer.awaitBlocked(true);
		assertThat(consumer.subscription().state()).isEqualTo(State.PAUSED);
		assertThat(this.feed.asked).isEmpty();
		condition.set(true);
		awaitWhileAdvancing(Duration.ofSeconds(2), () -> assertThat(consumer.deliveries()).hasSize(2));
		consumer.deliveries().get(0).begin();
		condition.set(false);
		awaitWhileAdvancing(Duration.ofSeconds(2), () -> assertThat(this.feed.told).containsExactly("2 UNTRIED"));
		assertThat(consumer.subscription().inFlight()).isOne();
	}

	@Test
	void whenItsConditionThrowsAsksNothing() {
		PullSource source = builder().runWhen(() -> {
			throw new IllegalStateException("expected");
		}).build();
		TestConsumer consumer = consume(source);
		awaitWhileAdvancing(Duration.ofSeconds(2), () -> assertThat(source.failures()).isGreaterThan(1));
		assertThat(consumer.subscription().state()).isEqualTo(State.PAUSED);
		assertThat(this.feed.asked).isEmpty();
	}

	@Test
	void asksInOneOfTwoInstancesThatShareALock() {
		ReentrantLock lock = new ReentrantLock();
		this.feed.gives("1");
		TestConsumer first = consume(builder().runWhen(lock));
		Delivery delivery = first.await(1);
		assertThat(delivery.begin()).isTrue();
		TestConsumer second = consume(builder().runWhen(lock));
		second.awaitBlocked(true);
		CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> first.subscription().stop(PATIENCE));
		Awaitility.await().until(() -> first.subscription().state() == State.STOPPED);
		assertThat(lock.isLocked()).isTrue();
		delivery.ack();
		assertThat(stop).succeedsWithin(PATIENCE);
		this.feed.gives("2");
		awaitWhileAdvancing(Duration.ofSeconds(2), () -> assertThat(second.deliveries()).hasSize(1));
	}

	@Test
	void handsOverOneOfAGroupAtATime() {
		this.feed.gives("a/1", "a/2", "b/1", "b/2", "3");
		TestConsumer consumer = consume(builder().limit(3));
		assertThat(consumer.await(3).message().id()).isEqualTo("3");
		consumer.awaitBlocked(true);
		consumer.await(1).ack();
		assertThat(consumer.await(4).message().id()).isEqualTo("a/2");
	}

	@Test
	void whenOneOfAGroupFailsThoseBehindItGoBackToo() {
		this.feed.gives("a/1", "a/2", "a/3", "b/1");
		TestConsumer consumer = consume(builder().limit(2));
		consumer.await(1).nack(Duration.ofSeconds(5));
		Awaitility.await().untilAsserted(() -> assertThat(this.feed.told).hasSize(3));
		assertThat(this.feed.told).startsWith("a/1 FAILED").contains("a/2 UNTRIED", "a/3 UNTRIED");
		assertThat(consumer.await(2).message().id()).isEqualTo("b/1");
	}

	@Test
	void handsOverNothingOfAGroupThatHasFailedWhileTheFeedWasAsked() {
		CountDownLatch failed = new CountDownLatch(1);
		this.feed.gives("a/1");
		this.feed.answers.add(() -> {
			failed.await();
			return List.of(ScriptedFeed.message("a/2"), ScriptedFeed.message("b/1"));
		});
		TestConsumer consumer = consume(builder());
		awaitCalls(2);
		consumer.await(1).nack(Duration.ofSeconds(5));
		failed.countDown();
		assertThat(consumer.await(2).message().id()).isEqualTo("b/1");
		Awaitility.await().untilAsserted(() -> assertThat(this.feed.told).containsExactly("a/1 FAILED", "a/2 UNTRIED"));
	}

	@Test
	void whenStoppedTellsOfAllThatTheFeedGave() {
		this.feed.gives("1", "2", "3");
		TestConsumer consumer = consume(builder().limit(2));
		assertThat(consumer.await(1).begin()).isTrue();
		consumer.await(2);
		consumer.subscription().stop(Duration.ZERO);
		assertThat(this.feed.told).containsExactlyInAnyOrder("1 ABANDONED", "2 UNTRIED", "3 UNTRIED");
		assertThat(consumer.await(1).isLost()).isTrue();
	}

	@Test
	void whenStoppedGivesBackWhatTheFeedStillGives() {
		CountDownLatch stopped = new CountDownLatch(1);
		this.feed.answers.add(() -> {
			stopped.await();
			return List.of(ScriptedFeed.message("1"));
		});
		TestConsumer consumer = consume(builder());
		awaitCalls(1);
		CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> consumer.subscription().stop(PATIENCE));
		Awaitility.await().until(() -> consumer.subscription().state() == State.STOPPED);
		stopped.countDown();
		assertThat(stop).succeedsWithin(PATIENCE);
		assertThat(this.feed.told).containsExactly("1 UNTRIED");
	}

	@Test
	void stopsInTimeWhenTheFeedBlocks() {
		this.feed.answers.add(() -> {
			new CountDownLatch(1).await();
			return List.of();
		});
		TestConsumer consumer = consume(builder());
		awaitCalls(1);
		CompletableFuture<Void> stop = CompletableFuture
			.runAsync(() -> consumer.subscription().stop(Duration.ofMillis(10)));
		assertThat(stop).succeedsWithin(PATIENCE);
	}

	@Test
	void tellsTogetherWhatHasEndedWhileTheFeedWasAsked() {
		CountDownLatch ended = new CountDownLatch(1);
		this.feed.gives("1", "2");
		this.feed.answers.add(() -> {
			ended.await();
			return List.of();
		});
		TestConsumer consumer = consume(builder());
		awaitCalls(2);
		consumer.await(2).ack();
		consumer.await(1).nack(null);
		ended.countDown();
		assertThat(consumer.await(1)).isNacked();
		assertThat(this.feed.batches).singleElement(InstanceOfAssertFactories.LIST).hasSize(2);
		assertThat(this.feed.told).containsExactly("2 succeeded", "1 FAILED");
	}

	@Test
	void asksAtOnceWhenSomethingHasArrived() {
		TestConsumer consumer = consume(builder());
		awaitCalls(1);
		this.feed.gives("1");
		this.feed.signals().arrived();
		assertThat(consumer.await(1)).hasAttempt(1);
	}

	@Test
	void asksAgainWhenSomethingHasArrivedTooLateForAnAnswer() {
		this.feed.answers.add(() -> {
			this.feed.signals().arrived();
			return List.of();
		});
		this.feed.gives("1");
		assertThat(consume(builder()).await(1)).hasAttempt(1);
	}

	@Test
	void asksLessAndLessOftenWhileNothingComes() {
		consume(builder().pollInterval(Duration.ofSeconds(1), Duration.ofSeconds(3)));
		awaitRest(1, Duration.ofSeconds(1));
		awaitRest(2, Duration.ofSeconds(2));
		awaitRest(3, Duration.ofSeconds(3));
		awaitRest(4, Duration.ofSeconds(3));
	}

	private void awaitRest(int calls, Duration rest) {
		awaitCalls(calls);
		Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
		this.clock.advance(rest.minusMillis(1));
		assertThat(this.feed.asked).hasSize(calls);
		this.clock.advance(Duration.ofMillis(1));
		awaitCalls(calls + 1);
	}

	@Test
	void takesAwayWhatTheFeedHasLost() {
		this.feed.gives("1");
		TestConsumer consumer = consume(builder().limit(1));
		Delivery delivery = consumer.await(1);
		assertThat(delivery.begin()).isTrue();
		this.feed.signals().lost("1");
		assertThat(delivery.isLost()).isTrue();
		assertThat(consumer.subscription().inFlight()).isOne();
		delivery.ack();
		Awaitility.await().until(() -> consumer.subscription().inFlight() == 0);
		assertThat(this.feed.told).isEmpty();
	}

	@Test
	void takesBackWhatTheFeedHasLostBeforeItWasBegun() {
		this.feed.gives("1");
		TestConsumer consumer = consume(builder());
		Delivery delivery = consumer.await(1);
		this.feed.signals().lost("1");
		assertThat(delivery.begin()).isFalse();
		assertThat(delivery.settled().toCompletableFuture()).succeedsWithin(PATIENCE).isEqualTo(Settlement.LOST);
		assertThat(consumer.subscription().inFlight()).isZero();
	}

	@Test
	void handsOverNothingThatIsStillWorkedOnAfterItWasLost() {
		this.feed.gives("1");
		TestConsumer consumer = consume(builder());
		Delivery delivery = consumer.await(1);
		assertThat(delivery.begin()).isTrue();
		this.feed.signals().lost("1");
		this.feed.gives("1");
		this.feed.signals().arrived();
		Awaitility.await().untilAsserted(() -> assertThat(this.feed.told).containsExactly("1 UNTRIED"));
		delivery.ack();
		this.feed.gives("1");
		this.feed.signals().arrived();
		assertThat(consumer.await(2)).hasAttempt(1);
	}

	@Test
	void doesNotBeginWhatTheFeedDoesNotHold() {
		this.feed.gives("1");
		Delivery delivery = consume(builder()).await(1);
		this.feed.expired.add("1");
		assertThat(delivery.begin()).isFalse();
	}

	@Test
	void stopsAlthoughSomethingIsLost() {
		this.feed.gives("1");
		TestConsumer consumer = consume(builder());
		assertThat(consumer.await(1).begin()).isTrue();
		this.feed.signals().lost("1");
		consumer.subscription().stop(Duration.ZERO);
		assertThat(this.feed.closed).isTrue();
	}

	@Test
	void endsWithTheFailureUpstreamWhenAllIsSettled() {
		this.feed.gives("1", "2");
		this.feed.answers.add(() -> {
			throw new UpstreamFailedException("orders", "importer", "expected");
		});
		TestConsumer consumer = consume(builder());
		awaitCalls(2);
		Awaitility.await().untilAsserted(() -> assertThat(this.feed.told).hasSize(2));
		assertThat(consumer.subscription().exhausted().toCompletableFuture()).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(UpstreamFailedException.class);
		consumer.subscription().stop(Duration.ZERO);
	}

	@Test
	void doesNotStartWhenTheFeedCannotBeOpened() {
		Feed closed = new Feed() {
			@Override
			public void open(Signals signals) {
				throw new IllegalStateException("expected");
			}

			@Override
			public List<InboundMessage> next(int most) {
				return List.of();
			}

			@Override
			public void succeeded(String id) {
			}

			@Override
			public void failed(String id, Failure failure) {
			}
		};
		PullSource source = PullSource.of("orders", closed);
		assertThatIllegalStateException().isThrownBy(() -> source.start(Delivery::ack)).withMessage("expected");
	}

	@Test
	void refusesOptionsThatMakeNoSense() {
		assertThatIllegalArgumentException().isThrownBy(() -> builder().limit(0))
			.withMessage("the limit of a feed must be from 1 to 10000, not 0");
		assertThatIllegalArgumentException().isThrownBy(() -> builder().pollInterval(Duration.ZERO))
			.withMessage("the poll interval of a feed must be at least 1ms, not 0s");
		assertThatIllegalArgumentException().isThrownBy(() -> PullSource.of(" ", this.feed))
			.withMessage("a feed needs a name");
	}

	private PullSource.Builder builder() {
		return PullSource.builder("orders", this.feed).timekeeper(this.clock.timekeeper());
	}

	private TestConsumer consume(PullSource.Builder builder) {
		return consume(builder.build());
	}

	private TestConsumer consume(PullSource source) {
		TestConsumer consumer = new TestConsumer(source);
		this.subscriptions.add(consumer.subscription());
		return consumer;
	}

	private void start(PullSource.Builder builder, Receiver receiver) {
		this.subscriptions.add(builder.build().start(receiver));
	}

	private void awaitCalls(int number) {
		Awaitility.await().until(() -> this.feed.asked.size() >= number);
	}

	// The thread of the source may come to its timer after the clock was moved.
	private void awaitWhileAdvancing(Duration step, ThrowingRunnable assertion) {
		Awaitility.await().untilAsserted(() -> {
			this.clock.advance(step);
			assertion.run();
		});
	}

}
