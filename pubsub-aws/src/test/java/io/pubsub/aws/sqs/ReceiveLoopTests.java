package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.Subscription.State;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReceiveLoop}.
 */
class ReceiveLoopTests {

	private static final Duration PACE = Duration.ofMillis(200);

	private static final Duration ROUND_TRIP = Duration.ofMillis(10);

	private final SqsFixture fixture = new SqsFixture(SqsFixture.options());

	private final SqsFixture wide = new SqsFixture(SqsFixture.options().toBuilder().concurrency(100).build());

	@Test
	void idlesWithOneLongPoll() {
		this.fixture.start();
		this.fixture.clock.advance(Duration.ofSeconds(20));
		this.fixture.sqs.answer(0);
		this.fixture.clock.advance(Duration.ofSeconds(20));
		this.fixture.sqs.answer(0);
		assertThat(this.fixture.sqs.openWaits()).containsExactly(20);
		assertThat(this.fixture.sqs.receives).hasSize(3);
	}

	@Test
	void whenTheQueueDoesNotWaitAsksItFiveTimesASecond() {
		this.fixture.start();
		this.fixture.sqs.answer(0);
		assertThat(this.fixture.sqs.openWaits()).isEmpty();
		this.fixture.clock.advance(PACE);
		assertThat(this.fixture.sqs.openWaits()).containsExactly(20);
	}

	@Test
	void asksForTheAttributesThatDeliveriesNeed() {
		this.fixture.start();
		ReceiveMessageRequest request = this.fixture.sqs.receives.get(0);
		assertThat(request.messageSystemAttributeNamesAsStrings()).containsExactlyInAnyOrder("ApproximateReceiveCount",
				"SentTimestamp", "MessageGroupId");
		assertThat(request.messageAttributeNames()).containsExactly("All");
		assertThat(request.visibilityTimeout()).isEqualTo(30);
	}

	@Test
	void handsMessagesOverBeforeItAsksForMore() {
		List<Integer> handedOver = new ArrayList<>();
		this.fixture.start();
		this.fixture.sqs.onNextReceive(() -> handedOver.add(this.fixture.deliveries.size()));
		this.fixture.sqs.answer(1);
		assertThat(handedOver).containsExactly(1);
	}

	@Test
	void whenTheFirstAnswerIsFullReceivesAgainAtOnce() {
		this.wide.start().sqs.answer(10);
		assertThat(this.wide.sqs.openLimits()).containsExactly(10, 10);
	}

	@Test
	void whenOneOfTenIsSlowReceivesForTheOtherNine() {
		SqsFixture narrow = new SqsFixture(SqsFixture.options().toBuilder().maxPrefetch(0).build());
		narrow.start().sqs.answer(10);
		narrow.delivery(3).ack();
		assertThat(narrow.sqs.openLimits()).containsExactly(1);
		List<Delivery> quick = List.copyOf(narrow.deliveries.subList(4, 10));
		quick.forEach(Delivery::ack);
		narrow.sqs.answer(1);
		assertThat(narrow.sqs.openLimits()).containsExactly(6);
	}

	@Test
	void whenThereIsMoreDoublesItsReceivesUpToALimit() {
		SqsFixture huge = new SqsFixture(SqsFixture.options().toBuilder().concurrency(1_000).build());
		huge.start().sqs.answer(10);
		huge.sqs.answer(10);
		assertThat(huge.sqs.openLimits()).hasSize(4);
		huge.sqs.answer(10);
		huge.sqs.answer(10);
		huge.sqs.answer(10);
		assertThat(huge.sqs.openLimits()).hasSize(16).containsOnly(10);
	}

	@Test
	void waitsLongWithOneReceiveOnly() {
		this.wide.start().sqs.answer(10);
		this.wide.sqs.answer(10);
		assertThat(this.wide.sqs.openWaits()).containsExactly(1, 20, 1, 1);
	}

	@Test
	void whenTheQueueRunsDryFallsBackToOneReceive() {
		this.wide.start().sqs.answer(10);
		this.wide.sqs.answer(0);
		assertThat(this.wide.sqs.openLimits()).hasSize(1);
	}

	@Test
	void whenMessagesTrickleSendsNoSecondReceive() {
		this.wide.start().sqs.answer(1);
		this.wide.sqs.answer(1);
		assertThat(this.wide.sqs.openLimits()).hasSize(1);
	}

	@Test
	void whenFullSendsNothing() {
		this.fixture.start().sqs.answer(10);
		assertThat(this.fixture.sqs.openLimits()).isEmpty();
		assertThat(this.fixture.loop.inFlight()).isEqualTo(10);
	}

	@Test
	void whenHandlersAreFastPrefetches() {
		receiveTenAndSettleOne(ROUND_TRIP, Duration.ofMillis(1));
		this.fixture.sqs.answer(1);
		assertThat(this.fixture.sqs.openLimits()).containsExactly(10, 10);
	}

	@Test
	void whenEnoughIsFetchedAheadDoesNotAskForFew() {
		receiveTenAndSettleOne(ROUND_TRIP, Duration.ofMillis(50));
		this.fixture.clock.advance(ROUND_TRIP);
		this.fixture.sqs.answer(9);
		List.copyOf(this.fixture.deliveries.subList(1, 4))
			.forEach((delivery) -> this.fixture.settleAfter(Duration.ofMillis(50), delivery));
		assertThat(this.fixture.sqs.openLimits()).isEmpty();
		this.fixture.settleAfter(Duration.ofMillis(50), this.fixture.delivery(4));
		assertThat(this.fixture.sqs.openLimits()).containsExactly(4);
	}

	@Test
	void whenReceivesTakeNoTimePrefetchesWhatTakesTenMilliseconds() {
		receiveTenAndSettleOne(Duration.ofMillis(1), Duration.ofMillis(20));
		assertThat(this.fixture.sqs.openLimits()).containsExactly(6);
	}

	@Test
	void whenAReceiveTakesLongerThanWhatIsFetchedAheadLastsAsksAtOnce() {
		receiveTenAndSettleOne(Duration.ofMillis(900), Duration.ofSeconds(1));
		this.fixture.clock.advance(Duration.ofMillis(900));
		this.fixture.sqs.answer(10);
		assertThat(this.fixture.sqs.openLimits()).containsExactly(1);
	}

	@Test
	void whenReceivesTakeLongPrefetchesNoMoreThanTakesASecond() {
		receiveTenAndSettleOne(Duration.ofMillis(900), Duration.ofSeconds(1));
		assertThat(this.fixture.sqs.openLimits()).containsExactly(10);
	}

	@Test
	void whenHandlersAreSlowHoardsNothingAnotherInstanceCouldWorkOn() {
		receiveTenAndSettleOne(ROUND_TRIP, Duration.ofSeconds(5));
		this.fixture.sqs.answer(1);
		assertThat(this.fixture.loop.inFlight()).isEqualTo(10);
		assertThat(this.fixture.sqs.openLimits()).isEmpty();
	}

	@Test
	void whenHandlersBecomeSlowHandsBackWhatWasFetchedAhead() {
		prefetch();
		this.fixture.deliveries.subList(1, 11).forEach(Delivery::begin);
		this.fixture.clock.advance(Duration.ofSeconds(9));
		assertThat(this.fixture.sqs.changes).isEmpty();
		this.fixture.clock.advance(Duration.ofSeconds(7));
		assertThat(this.fixture.sqs.visibilities()).hasSize(9).containsOnly(0);
		assertThat(this.fixture.loop.inFlight()).isEqualTo(10);
		assertThat(this.fixture.deliveries.get(11).begin()).isFalse();
	}

	@Test
	void handsNothingBackThatTakesASlotOfAHandler() {
		this.fixture.start().sqs.answer(10);
		this.fixture.clock.advance(Duration.ofMinutes(1));
		assertThat(this.fixture.sqs.visibilities()).doesNotContain(0);
		assertThat(this.fixture.loop.inFlight()).isEqualTo(10);
	}

	// Then it is known how long both take.
	private void receiveTenAndSettleOne(Duration roundTrip, Duration handling) {
		this.fixture.start();
		this.fixture.clock.advance(roundTrip);
		this.fixture.sqs.answer(10);
		this.fixture.settleAfter(handling, this.fixture.delivery(0));
	}

	private void prefetch() {
		receiveTenAndSettleOne(ROUND_TRIP, Duration.ofMillis(1));
		this.fixture.sqs.answer(10);
		assertThat(this.fixture.loop.inFlight()).isEqualTo(19);
	}

	@Test
	void whenAReceiveFailsBacksOff() {
		this.fixture.start().sqs.failReceive(SdkClientException.create("no route"));
		assertThat(this.fixture.loop.state()).isEqualTo(State.BACKING_OFF);
		this.fixture.clock.advance(Duration.ofMillis(999));
		assertThat(this.fixture.sqs.receives).hasSize(1);
		this.fixture.clock.advance(Duration.ofMillis(1_001));
		assertThat(this.fixture.sqs.receives).hasSize(2);
		assertThat(this.fixture.metrics.receiveFailures()).isEqualTo(1);
	}

	@Test
	void whenReceivesFailForAnHourSendsFew() {
		this.fixture.start();
		for (int i = 0; i < 3_600; i++) {
			this.fixture.sqs.openLimits().forEach((limit) -> this.fixture.sqs.failReceive(new IllegalStateException()));
			this.fixture.clock.advance(Duration.ofSeconds(1));
		}
		assertThat(this.fixture.sqs.receives).hasSizeBetween(110, 250);
	}

	@Test
	void whenReceivingWorksAgainGoesOnAtOnce() {
		this.wide.start().sqs.answer(10);
		this.wide.sqs.failReceive(new IllegalStateException());
		this.wide.sqs.answer(10);
		assertThat(this.wide.loop.state()).isEqualTo(State.RECEIVING);
		assertThat(this.wide.sqs.openLimits()).hasSize(2);
	}

	@Test
	void whenAnAnswerHasEndedABackoffItsTimerDoesNotEndTheNextOne() {
		this.wide.start().sqs.answer(10);
		this.wide.sqs.failReceive(new IllegalStateException());
		this.wide.sqs.answer(10);
		this.wide.clock.advance(Duration.ofMillis(999));
		this.wide.sqs.failReceive(new IllegalStateException());
		this.wide.clock.advance(Duration.ofMillis(999));
		assertThat(this.wide.loop.state()).isEqualTo(State.BACKING_OFF);
	}

	@Test
	void whenReceivesFailTogetherCountsOneFailureForTheBackoff() {
		this.wide.start().sqs.answer(10);
		this.wide.sqs.failReceive(new IllegalStateException());
		this.wide.sqs.failReceive(new IllegalStateException());
		this.wide.clock.advance(Duration.ofSeconds(2));
		assertThat(this.wide.sqs.openLimits()).containsExactly(10);
		assertThat(this.wide.metrics.receiveFailures()).isEqualTo(2);
	}

	@Test
	void whenTheReceiverThrowsHandsTheMessageBack() {
		SqsFixture failing = new SqsFixture(SqsFixture.options(), (delivery) -> {
			throw new AssertionError("receiver");
		});
		failing.start().sqs.answer(10);
		assertThat(failing.loop.inFlight()).isZero();
		assertThat(failing.sqs.visibilities()).hasSize(10).containsOnly(7);
		assertThat(failing.sqs.openLimits()).isNotEmpty();
	}

	@Test
	void whenAMessageIsUnreadableDeliversTheOthers() {
		this.fixture.start().sqs.answer(
				List.of(FakeSqs.message("m1", "r1").toBuilder().messageId(null).build(), FakeSqs.message("m2", "r2")));
		assertThat(this.fixture.deliveries).extracting((delivery) -> delivery.message().id()).containsExactly("m2");
		assertThat(this.fixture.loop.inFlight()).isEqualTo(1);
	}

	@Test
	void whenPausedSendsNothingUntilResumed() {
		this.fixture.start();
		this.fixture.subscription.pause();
		this.fixture.sqs.answer(1);
		assertThat(this.fixture.deliveries).hasSize(1);
		assertThat(this.fixture.sqs.openLimits()).isEmpty();
		assertThat(this.fixture.subscription.state()).isEqualTo(State.PAUSED);
		this.fixture.subscription.resume();
		assertThat(this.fixture.sqs.openLimits()).containsExactly(9);
	}

	@Test
	void whenLimitedAsksForNoMoreThanThat() {
		this.fixture.start().sqs.answer(10);
		this.fixture.subscription.limit(2);
		List.copyOf(this.fixture.deliveries.subList(0, 9)).forEach(Delivery::ack);
		assertThat(this.fixture.sqs.openLimits()).containsExactly(1);
		this.fixture.sqs.answer(1);
		this.fixture.delivery(9).ack();
		assertThat(this.fixture.sqs.openLimits()).containsExactly(1);
	}

	@Test
	void whenLimitedCountsWhatItHasAskedForBefore() {
		this.fixture.start();
		this.fixture.subscription.limit(2);
		assertThat(this.fixture.sqs.openLimits()).containsExactly(10);
		this.fixture.sqs.answer(0);
		this.fixture.clock.advance(PACE);
		assertThat(this.fixture.sqs.openLimits()).containsExactly(2);
	}

	@Test
	void whenLimitedPrefetchesNothingBeyondThat() {
		this.fixture.start();
		this.fixture.clock.advance(ROUND_TRIP);
		this.fixture.sqs.answer(10);
		this.fixture.subscription.limit(10);
		this.fixture.settleAfter(Duration.ofMillis(1), this.fixture.delivery(0));
		assertThat(this.fixture.sqs.openLimits()).containsExactly(1);
	}

	@Test
	void whenMessagesAreHandedBackFastPrefetchesNothing() {
		this.fixture.start();
		this.fixture.clock.advance(ROUND_TRIP);
		this.fixture.sqs.answer(10);
		handBackAfter(Duration.ofNanos(1), this.fixture.delivery(0));
		assertThat(this.fixture.sqs.openLimits()).containsExactly(1);
	}

	@Test
	void whenMessagesAreHandedBackFastPrefetchesNoMoreThanBefore() {
		receiveTenAndSettleOne(ROUND_TRIP, Duration.ofMillis(200));
		this.fixture.deliveries.subList(1, 6).forEach((delivery) -> handBackAfter(Duration.ofNanos(1), delivery));
		this.fixture.sqs.answer(0);
		this.fixture.clock.advance(PACE);
		assertThat(this.fixture.sqs.openLimits()).containsExactly(8);
	}

	@Test
	void whenHandlersFailSlowlyPrefetchesNoMore() {
		receiveTenAndSettleOne(ROUND_TRIP, Duration.ofMillis(40));
		handBackAfter(Duration.ofSeconds(8), this.fixture.delivery(1));
		this.fixture.sqs.answer(0);
		this.fixture.clock.advance(PACE);
		assertThat(this.fixture.sqs.openLimits()).containsExactly(2);
	}

	private void handBackAfter(Duration handling, Delivery delivery) {
		delivery.begin();
		this.fixture.clock.advance(handling);
		delivery.nack(null);
	}

	@Test
	void whenAMessageComesAgainThatWasDoneOnlyDeletesIt() {
		this.fixture.sqs.failNextDelete(new IllegalStateException("lost answer"));
		this.fixture.start().sqs.answer(List.of(FakeSqs.message("m1", "r1")));
		this.fixture.delivery(0).ack();
		this.fixture.linger();
		this.fixture.sqs.answer(List.of(FakeSqs.message("m1", "r2")));
		this.fixture.clock.advance(Duration.ofSeconds(1));
		assertThat(this.fixture.deliveries).hasSize(1);
		assertThat(this.fixture.sqs.deleted()).containsExactly("r1", "r2");
		assertThat(this.fixture.metrics.rememberedDeletes()).isEqualTo(1);
		assertThat(this.fixture.loop.inFlight()).isZero();
	}

}
