package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.Settlement;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResultEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Heartbeat}. The queue hides a message for 30 s.
 */
class HeartbeatTests {

	private final SqsFixture fixture = new SqsFixture(SqsFixture.options()).start();

	private final FakeSqs sqs = this.fixture.sqs;

	@Test
	void extendsAtTwoThirdsOfTheVisibility() {
		this.sqs.answer(1);
		this.fixture.clock.advance(Duration.ofSeconds(20));
		assertThat(this.sqs.changes).isEmpty();
		this.fixture.linger();
		assertThat(this.sqs.visibilities()).containsExactly(30);
	}

	@Test
	void goesOnForAsLongAsTheMessageIsInFlight() {
		this.sqs.answer(1);
		this.fixture.clock.advance(Duration.ofMinutes(10));
		assertThat(this.sqs.visibilities()).hasSizeBetween(27, 31).containsOnly(30);
		this.fixture.delivery(0).ack();
		this.fixture.clock.advance(Duration.ofMinutes(1));
		assertThat(this.sqs.visibilities()).hasSizeLessThanOrEqualTo(31);
		assertThat(this.sqs.deleted()).containsExactly("r1");
		assertThat(this.fixture.metrics.lostSettlements()).isZero();
	}

	@Test
	void extendsWhatWasReceivedAtAboutTheSameTimeTogether() {
		this.sqs.answer(4);
		this.fixture.clock.advance(Duration.ofSeconds(2));
		this.sqs.answer(4);
		this.fixture.clock.advance(Duration.ofSeconds(19));
		assertThat(this.sqs.changes).singleElement().satisfies((request) -> assertThat(request.entries()).hasSize(8));
	}

	@Test
	void neverGoesBeyondTwelveHours() {
		this.sqs.answer(1);
		this.fixture.clock.advance(Duration.ofHours(12).minusSeconds(25));
		this.sqs.changes.clear();
		this.fixture.clock.advance(Duration.ofHours(1));
		assertThat(this.sqs.visibilities()).hasSizeLessThanOrEqualTo(1).allMatch((seconds) -> seconds < 30);
	}

	@Test
	void whenARequestFailsTriesAgainWhileTheMessageIsOurs() {
		this.sqs.answerNextChange(CompletableFuture.failedFuture(new IllegalStateException("throttled")));
		this.sqs.answer(1);
		this.fixture.clock.advance(Duration.ofSeconds(25));
		assertThat(this.sqs.visibilities()).containsExactly(30, 30);
		assertThat(this.fixture.metrics.lostSettlements()).isZero();
	}

	@Test
	void whenAnExtensionIsRefusedLosesTheMessage() {
		this.sqs.answerNextChange(refused());
		this.sqs.answer(1);
		Delivery delivery = this.fixture.delivery(0);
		delivery.begin();
		this.fixture.clock.advance(Duration.ofSeconds(21));
		assertThat(delivery.isLost()).isTrue();
		assertThat(delivery.settled().toCompletableFuture()).isCompletedWithValue(Settlement.LOST);
		assertThat(this.fixture.metrics.lostMessages()).isEqualTo(1);
	}

	@Test
	void whenTheVisibilityEndsWithoutAnExtensionLosesTheMessage() {
		this.sqs.answerNextChange(new CompletableFuture<>());
		this.sqs.answer(1);
		this.fixture.delivery(0).begin();
		this.fixture.clock.advance(Duration.ofSeconds(30).minusMillis(1));
		assertThat(this.fixture.delivery(0).isLost()).isFalse();
		this.fixture.clock.advance(Duration.ofMillis(1));
		assertThat(this.fixture.delivery(0).isLost()).isTrue();
	}

	@Test
	void afterTwelveHoursLosesTheMessage() {
		this.sqs.answer(1);
		this.fixture.delivery(0).begin();
		this.fixture.clock.advance(Duration.ofHours(12));
		assertThat(this.fixture.delivery(0).isLost()).isTrue();
	}

	@Test
	void refusesToSettleWhatIsLost() {
		this.sqs.answerNextChange(refused());
		this.sqs.answer(1);
		this.fixture.delivery(0).begin();
		this.fixture.clock.advance(Duration.ofSeconds(21));
		this.fixture.delivery(0).ack();
		this.fixture.clock.advance(Duration.ofMinutes(5));
		assertThat(this.sqs.deletes).isEmpty();
		assertThat(this.sqs.changes).hasSize(1);
		assertThat(this.fixture.metrics.refusedSettlements()).isEqualTo(1);
	}

	@Test
	void keepsTheSlotOfWhatIsLostUntilItsHandlerHasEnded() {
		this.sqs.answerNextChange(refused());
		this.sqs.answer(1);
		this.fixture.delivery(0).begin();
		this.fixture.clock.advance(Duration.ofSeconds(21));
		assertThat(this.fixture.loop.inFlight()).isEqualTo(1);
		this.fixture.delivery(0).nack(null);
		assertThat(this.fixture.loop.inFlight()).isZero();
	}

	@Test
	void handsBackWhatIsAbandonedAndExtendsItNoLonger() {
		this.sqs.answer(1);
		this.fixture.delivery(0).begin();
		assertThat(this.fixture.delivery(0).abandon()).isTrue();
		this.fixture.clock.advance(Duration.ofMinutes(5));
		assertThat(this.sqs.visibilities()).containsExactly(7);
		assertThat(this.fixture.metrics.lostSettlements()).isZero();
	}

	@Test
	void whenAnExtensionIsUnderWayHandsBackAfterItWhatIsAbandoned() {
		CompletableFuture<ChangeMessageVisibilityBatchResponse> underWay = new CompletableFuture<>();
		this.sqs.answerNextChange(underWay);
		this.sqs.answer(1);
		this.fixture.delivery(0).begin();
		this.fixture.clock.advance(Duration.ofSeconds(21));
		this.fixture.delivery(0).abandon();
		underWay.complete(done());
		this.fixture.clock.advance(Duration.ofMinutes(5));
		assertThat(this.sqs.visibilities()).containsExactly(30, 7);
	}

	@Test
	void keepsTheSlotOfWhatIsAbandonedUntilItsHandlerHasEnded() {
		this.sqs.answer(1);
		this.fixture.delivery(0).begin();
		this.fixture.delivery(0).abandon();
		assertThat(this.fixture.loop.inFlight()).isEqualTo(1);
		this.fixture.delivery(0).ack();
		assertThat(this.fixture.loop.inFlight()).isZero();
		assertThat(this.fixture.metrics.refusedSettlements()).isEqualTo(1);
		assertThat(this.sqs.deletes).isEmpty();
	}

	@Test
	void neverHandlesWhatWasLostBeforeItsTurn() {
		this.sqs.answerNextChange(refused());
		this.sqs.answer(1);
		this.fixture.clock.advance(Duration.ofSeconds(21));
		assertThat(this.fixture.delivery(0).begin()).isFalse();
		assertThat(this.fixture.loop.inFlight()).isZero();
	}

	@Test
	void extendsNothingThatWasHandedBack() {
		this.sqs.answer(1);
		this.fixture.delivery(0).nack(Duration.ofSeconds(5));
		this.fixture.clock.advance(Duration.ofMinutes(5));
		assertThat(this.sqs.visibilities()).containsExactly(5);
	}

	@Test
	void whenAnExtensionIsUnderWayHandsBackAfterIt() {
		CompletableFuture<ChangeMessageVisibilityBatchResponse> underWay = new CompletableFuture<>();
		this.sqs.answerNextChange(underWay);
		this.sqs.answer(1);
		this.fixture.clock.advance(Duration.ofSeconds(21));
		this.fixture.delivery(0).nack(Duration.ofSeconds(5));
		this.fixture.linger();
		assertThat(this.sqs.visibilities()).containsExactly(30);
		underWay.complete(done());
		this.fixture.linger();
		assertThat(this.sqs.visibilities()).containsExactly(30, 5);
	}

	@Test
	void whenAnExtensionFailsAfterTheMessageWasHandedBackDoesNotTryAgain() {
		CompletableFuture<ChangeMessageVisibilityBatchResponse> underWay = new CompletableFuture<>();
		this.sqs.answerNextChange(underWay);
		this.sqs.answer(1);
		this.fixture.clock.advance(Duration.ofSeconds(21));
		this.fixture.delivery(0).nack(Duration.ofSeconds(5));
		underWay.completeExceptionally(new IllegalStateException("throttled"));
		this.fixture.clock.advance(Duration.ofSeconds(1));
		assertThat(this.sqs.visibilities()).containsExactly(30, 5);
	}

	@Test
	void doesNotLetExtensionsLingerForLong() {
		SqsFixture lingering = new SqsFixture(SqsFixture.options()
			.toBuilder()
			.visibilityTimeout(Duration.ofSeconds(6))
			.ackLinger(Duration.ofSeconds(3))
			.build()).start();
		lingering.sqs.answer(1);
		lingering.delivery(0).begin();
		lingering.clock.advance(Duration.ofMinutes(1));
		assertThat(lingering.delivery(0).isLost()).isFalse();
	}

	@Test
	void whenAnExtensionIsYetToBeSentHandsBackInstead() {
		this.sqs.answer(1);
		this.fixture.clock.advance(Duration.ofSeconds(20));
		this.fixture.delivery(0).nack(Duration.ofSeconds(5));
		this.fixture.linger();
		assertThat(this.sqs.visibilities()).containsExactly(5);
	}

	@Test
	void extendsNothingWhenToldSo() {
		SqsFixture without = new SqsFixture(SqsFixture.options().toBuilder().heartbeat(false).build()).start();
		without.sqs.answer(1);
		without.delivery(0).begin();
		without.clock.advance(Duration.ofSeconds(29));
		assertThat(without.sqs.changes).isEmpty();
		assertThat(without.delivery(0).isLost()).isFalse();
	}

	@Test
	void losesTheMessageAtTheEndOfItsVisibilityWhenItExtendsNothing() {
		SqsFixture without = new SqsFixture(SqsFixture.options().toBuilder().heartbeat(false).build()).start();
		without.sqs.answer(1);
		without.delivery(0).begin();
		without.clock.advance(Duration.ofSeconds(30));
		assertThat(without.delivery(0).isLost()).isTrue();
	}

	@Test
	void afterAPauseBeginsNothingThatIsPastItsVisibility() {
		this.sqs.answer(2);
		this.fixture.clock.skip(Duration.ofSeconds(30));
		assertThat(this.fixture.deliveries).noneMatch(Delivery::begin);
		assertThat(this.fixture.loop.inFlight()).isZero();
		assertThat(this.fixture.metrics.lostMessages()).isEqualTo(2);
	}

	@Test
	void afterAPauseRefusesToAcknowledgeWhatIsPastItsVisibility() {
		this.sqs.answer(1);
		this.fixture.delivery(0).begin();
		this.fixture.clock.skip(Duration.ofSeconds(30));
		this.fixture.delivery(0).ack();
		this.fixture.clock.advance(Duration.ofMinutes(5));
		assertThat(this.sqs.deletes).isEmpty();
		assertThat(this.fixture.metrics.refusedSettlements()).isEqualTo(1);
	}

	@Test
	void afterAPauseTellsWhoeverAsksThatTheMessageIsLost() {
		this.sqs.answer(1);
		this.fixture.delivery(0).begin();
		this.fixture.clock.skip(Duration.ofSeconds(30));
		assertThat(this.fixture.delivery(0).isLost()).isTrue();
	}

	@Test
	void afterAPauseExtendsNothingThatIsPastItsVisibility() {
		this.sqs.answer(1);
		this.fixture.delivery(0).begin();
		this.fixture.clock.advance(Duration.ofSeconds(20));
		this.fixture.clock.skip(Duration.ofSeconds(15));
		this.fixture.linger();
		assertThat(this.sqs.changes).isEmpty();
		assertThat(this.fixture.delivery(0).isLost()).isTrue();
	}

	@Test
	void whenAnExtensionIsAnsweredAfterTheEndOfTheVisibilityLosesTheMessage() {
		CompletableFuture<ChangeMessageVisibilityBatchResponse> underWay = new CompletableFuture<>();
		this.sqs.answerNextChange(underWay);
		this.sqs.answer(1);
		this.fixture.delivery(0).begin();
		this.fixture.clock.advance(Duration.ofSeconds(21));
		this.fixture.clock.skip(Duration.ofSeconds(15));
		underWay.complete(done());
		assertThat(this.fixture.delivery(0).isLost()).isTrue();
	}

	@Test
	void beginsNothingThatMayHaveComeBeforeAPauseAndIsPastItsVisibilitySince() {
		this.fixture.clock.advance(Duration.ofSeconds(1));
		this.fixture.clock.skip(Duration.ofSeconds(30));
		this.sqs.answer(1);
		assertThat(this.fixture.delivery(0).begin()).isFalse();
	}

	@Test
	void beginsWhatWasAskedForAfterAPause() {
		this.fixture.clock.skip(Duration.ofSeconds(30));
		this.sqs.answer(0);
		this.sqs.answer(1);
		assertThat(this.fixture.delivery(0).begin()).isTrue();
	}

	@Test
	void extendsByTheConfiguredVisibility() {
		SqsFixture configured = new SqsFixture(
				SqsFixture.options().toBuilder().visibilityTimeout(Duration.ofSeconds(3)).build())
			.start();
		configured.sqs.answer(1);
		configured.clock.advance(Duration.ofMillis(2_100));
		assertThat(configured.sqs.visibilities()).containsExactly(3);
	}

	private static ChangeMessageVisibilityBatchResponse done() {
		return ChangeMessageVisibilityBatchResponse.builder()
			.successful(ChangeMessageVisibilityBatchResultEntry.builder().id("0").build())
			.build();
	}

	private static CompletableFuture<ChangeMessageVisibilityBatchResponse> refused() {
		return CompletableFuture.completedFuture(ChangeMessageVisibilityBatchResponse.builder()
			.failed(BatchResultErrorEntry.builder().id("0").code("ReceiptHandleIsInvalid").senderFault(true).build())
			.build());
	}

}
