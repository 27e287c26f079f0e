package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqsAcknowledger}.
 */
class SqsAcknowledgerTests {

	private static final Visibility LONGEST = Visibility.of(Duration.ofHours(12));

	private final SqsFixture fixture = new SqsFixture(SqsFixture.options());

	private final FakeSqs sqs = this.fixture.sqs;

	@Test
	void deletesTenInOneRequest() {
		IntStream.range(0, 20).forEach(this::ack);
		assertThat(this.sqs.deletes).extracting((request) -> request.entries().size()).containsExactly(10, 10);
	}

	@Test
	void givesTheEntriesOfARequestDistinctIds() {
		IntStream.range(0, 10).forEach(this::ack);
		assertThat(this.sqs.deletes.get(0).entries()).extracting(DeleteMessageBatchRequestEntry::id)
			.doesNotHaveDuplicates();
	}

	@Test
	void letsALoneMessageLingerOnly() {
		TrackedDelivery delivery = ack(1);
		this.fixture.clock.advance(Duration.ofMillis(49));
		assertThat(this.sqs.deletes).isEmpty();
		this.fixture.clock.advance(Duration.ofMillis(1));
		assertThat(this.sqs.deleted()).containsExactly("r1");
		assertThat(settlement(delivery)).isEqualTo(Settlement.ACKED);
	}

	@Test
	void letsNoMessageLingerUntilItIsNoLongerOurs() {
		SqsFixture lingering = new SqsFixture(SqsFixture.options()
			.toBuilder()
			.visibilityTimeout(Duration.ofSeconds(6))
			.ackLinger(Duration.ofSeconds(5))
			.build()).start();
		lingering.sqs.answer(1);
		lingering.delivery(0).ack();
		lingering.clock.advance(Duration.ofSeconds(1));
		assertThat(lingering.sqs.deleted()).containsExactly("r1");
	}

	@Test
	void whenAMessageIsAckedTwiceInAWindowSendsTheNewerReceipt() {
		TrackedDelivery first = this.fixture.settle("m1", "old", this.fixture.acknowledger::ack);
		this.fixture.clock.advance(Duration.ofMillis(1));
		TrackedDelivery second = this.fixture.settle("m1", "new", this.fixture.acknowledger::ack);
		this.fixture.linger();
		assertThat(this.sqs.deleted()).containsExactly("new");
		assertThat(List.of(settlement(first), settlement(second))).containsOnly(Settlement.ACKED);
	}

	@Test
	void whenOneEntryFailsSendsOnlyThatAgain() {
		this.sqs.onNextDelete((request) -> CompletableFuture
			.completedFuture(FakeSqs.deleteAnswer(request, "1", "InternalError", false)));
		IntStream.range(0, 10).forEach(this::ack);
		this.fixture.clock.advance(Duration.ofSeconds(1));
		assertThat(this.sqs.deletes).hasSize(2);
		assertThat(this.sqs.deletes.get(1).entries()).extracting(DeleteMessageBatchRequestEntry::receiptHandle)
			.containsExactly("r1");
		assertThat(this.fixture.metrics.settlementRetries()).isEqualTo(1);
	}

	@Test
	void whenAReceiptIsInvalidDoesNotTryAgain() {
		this.sqs.onNextDelete((request) -> CompletableFuture
			.completedFuture(FakeSqs.deleteAnswer(request, "0", "ReceiptHandleIsInvalid", true)));
		TrackedDelivery delivery = ack(1);
		this.fixture.clock.advance(Duration.ofSeconds(30));
		assertThat(this.sqs.deletes).hasSize(1);
		assertThat(settlement(delivery)).isEqualTo(Settlement.LOST);
	}

	@Test
	void whenRequestsFailTriesUntilTheMessageIsNoLongerOurs() {
		IntStream.range(0, 100).forEach((i) -> this.sqs.failNextDelete(new IllegalStateException("throttled")));
		TrackedDelivery delivery = ack(1);
		this.fixture.clock.advance(Duration.ofSeconds(20));
		assertThat(settlement(delivery)).isNull();
		this.fixture.clock.advance(Duration.ofSeconds(10));
		assertThat(settlement(delivery)).isEqualTo(Settlement.LOST);
		assertThat(this.fixture.metrics.lostSettlements()).isEqualTo(1);
		assertThat(this.sqs.deletes).hasSizeBetween(8, 25);
		assertThat(this.fixture.acknowledger.pending()).isZero();
	}

	@Test
	void whenADeleteIsLostRemembersTheMessage() {
		this.sqs.onNextDelete((request) -> CompletableFuture
			.completedFuture(FakeSqs.deleteAnswer(request, "0", "ReceiptHandleIsInvalid", true)));
		ack(1);
		this.fixture.linger();
		assertThat(this.fixture.acknowledger.deleteIfDone(new Receipt("m1", "r2", this.fixture.time.nanos(), LONGEST)))
			.isTrue();
		this.fixture.linger();
		assertThat(this.fixture.acknowledger.deleteIfDone(new Receipt("m1", "r3", this.fixture.time.nanos(), LONGEST)))
			.isFalse();
	}

	@Test
	void whenADeleteLeavesLateSendsItAndRemembersTheMessageAllTheSame() {
		TrackedDelivery delivery = ack(1);
		this.fixture.clock.skip(Duration.ofSeconds(30));
		this.fixture.linger();
		assertThat(this.sqs.deleted()).containsExactly("r1");
		assertThat(settlement(delivery)).isEqualTo(Settlement.LOST);
		assertThat(this.fixture.acknowledger.deleteIfDone(new Receipt("m1", "r2", this.fixture.time.nanos(), LONGEST)))
			.isTrue();
	}

	@Test
	void handsNothingBackThatSomebodyElseMayHave() {
		TrackedDelivery delivery = this.fixture.settle("m1", "r1",
				(receipt, settled) -> this.fixture.acknowledger.nack(receipt, settled, Duration.ZERO));
		this.fixture.clock.skip(Duration.ofSeconds(30));
		this.fixture.linger();
		assertThat(this.sqs.changes).isEmpty();
		assertThat(settlement(delivery)).isEqualTo(Settlement.LOST);
	}

	@Test
	void hasNoMoreThanSixteenRequestsUnderWay() {
		CompletableFuture<Void> gate = new CompletableFuture<>();
		IntStream.range(0, 20)
			.forEach((i) -> this.sqs
				.onNextDelete((request) -> gate.thenApply((nothing) -> FakeSqs.deleteAnswer(request))));
		IntStream.range(0, 200).forEach(this::ack);
		assertThat(this.sqs.deletes).hasSize(16);
		gate.complete(null);
		assertThat(this.sqs.deletes).hasSize(20);
	}

	@Test
	void whenNackedWithoutADelayAsksThePolicy() {
		assertThat(visibilityOf(null)).isEqualTo(7);
	}

	@Test
	void whenNackedWithZeroHandsBackAtOnce() {
		assertThat(visibilityOf(Duration.ZERO)).isZero();
	}

	@Test
	void roundsDelaysUpToSeconds() {
		assertThat(visibilityOf(Duration.ofMillis(300))).isEqualTo(1);
	}

	@Test
	void whenNackedWithANegativeDelayHandsBackAtOnce() {
		assertThat(visibilityOf(Duration.ofSeconds(-1))).isZero();
	}

	@Test
	void limitsDelaysToWhatIsLeftOfTwelveHours() {
		Receipt receipt = new Receipt("m1", "r1", this.fixture.time.nanos(), LONGEST);
		this.fixture.clock.advance(Duration.ofHours(2));
		this.fixture.settle("m1", "r1",
				(ignored, delivery) -> this.fixture.acknowledger.nack(receipt, delivery, Duration.ofDays(400_000)));
		this.fixture.linger();
		assertThat(this.sqs.visibilities()).containsExactly((int) Duration.ofHours(10).toSeconds() - 2);
	}

	@Test
	void whenClosedSendsWhatLingers() {
		TrackedDelivery delivery = ack(1);
		this.fixture.parts.close(Duration.ofSeconds(1));
		assertThat(settlement(delivery)).isEqualTo(Settlement.ACKED);
	}

	@Test
	void whenClosedInVainGivesUp() {
		this.sqs.failNextDelete(new IllegalStateException("down"));
		TrackedDelivery delivery = ack(1);
		this.fixture.parts.close(Duration.ofMillis(1));
		assertThat(settlement(delivery)).isEqualTo(Settlement.LOST);
	}

	@Test
	void afterItWasClosedStillSendsAtOnce() {
		this.fixture.parts.close(Duration.ofSeconds(1));
		assertThat(settlement(ack(1))).isEqualTo(Settlement.ACKED);
	}

	private TrackedDelivery ack(int number) {
		return this.fixture.settle("m" + number, "r" + number, this.fixture.acknowledger::ack);
	}

	private int visibilityOf(@Nullable Duration delay) {
		this.fixture.settle("m1", "r1",
				(receipt, delivery) -> this.fixture.acknowledger.nack(receipt, delivery, delay));
		this.fixture.linger();
		return this.sqs.visibilities().get(0);
	}

	private static @Nullable Settlement settlement(TrackedDelivery delivery) {
		return delivery.settled().toCompletableFuture().getNow(null);
	}

}
