package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.pubsub.transport.Delivery;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how {@link SqsSource} keeps the order of the groups of a FIFO queue.
 */
class GroupOrderTests {

	private final SqsFixture fixture = new SqsFixture(
			SqsSourceOptions.builder(FakeSqs.URL + ".fifo").concurrency(4).build())
		.start();

	@Test
	void handsOverOneMessageOfAGroupAtATime() {
		receive("a1", "a2", "b1");
		assertThat(handedOver()).containsExactly("a1", "b1");
		delivery("a1").ack();
		assertThat(handedOver()).containsExactly("a1", "b1", "a2");
	}

	@Test
	void letsWaitingMessagesTakeNoSlot() {
		receive("a1", "a2", "a3", "a4");
		assertThat(this.fixture.loop.inFlight()).isEqualTo(4);
		assertThat(this.fixture.sqs.openLimits()).containsExactly(3);
	}

	@Test
	void holdsNoMoreThanAllSlotsAndThePrefetch() {
		SqsFixture narrow = new SqsFixture(
				SqsSourceOptions.builder(FakeSqs.URL + ".fifo").concurrency(2).maxPrefetch(1).build())
			.start();
		narrow.sqs.answer(messages("a1", "a2"));
		assertThat(narrow.sqs.openLimits()).containsExactly(1);
		narrow.sqs.answer(messages("a3"));
		assertThat(narrow.sqs.openLimits()).isEmpty();
	}

	@Test
	void whenOneIsHandedBackTheOnesBehindItGoBackUnseen() {
		receive("a1", "a2", "a3", "b1");
		delivery("a1").begin();
		delivery("a1").nack(Duration.ofSeconds(7));
		this.fixture.linger();
		assertThat(handedOver()).containsExactly("a1", "b1");
		assertThat(this.fixture.sqs.visibilities()).containsExactlyInAnyOrder(7, 0, 0);
		assertThat(this.fixture.loop.inFlight()).isEqualTo(1);
	}

	@Test
	void whenTheFirstOfAnAnswerIsHandedBackAtOnceTheOnesBehindItGoBackUnseen() {
		List<String> seen = new ArrayList<>();
		SqsFixture hasty = new SqsFixture(SqsSourceOptions.forQueue(FakeSqs.URL + ".fifo"), (delivery) -> {
			seen.add(delivery.message().body());
			delivery.nack(Duration.ZERO);
		}).start();
		hasty.sqs.answer(messages("a1", "a2", "b1"));
		hasty.linger();
		assertThat(seen).containsExactly("a1", "b1");
		assertThat(hasty.sqs.visibilities()).containsExactly(0, 0, 0);
	}

	@Test
	void whenOneIsLostTheOnesBehindItGoBackUnseen() {
		receive("a1");
		this.fixture.clock.advance(Duration.ofSeconds(5));
		receive("a2", "a3");
		delivery("a1").begin();
		loseAtNextBeat("a1");
		assertThat(this.fixture.sqs.visibilities()).containsExactly(30, 0, 0);
		delivery("a1").ack();
		assertThat(handedOver()).containsExactly("a1");
		assertThat(this.fixture.loop.inFlight()).isZero();
	}

	@Test
	void letsAMessageThatComesAgainWaitForTheHandlerThatLostIt() {
		receive("a1");
		delivery("a1").begin();
		loseAtNextBeat("a1");
		receive("a1");
		assertThat(handedOver()).containsExactly("a1");
		this.fixture.delivery(0).ack();
		assertThat(handedOver()).containsExactly("a1", "a1");
	}

	@Test
	void countsNoAttemptForWhatGoesBackUnseen() {
		this.fixture.sqs.answer(messages(1, "a1", "a2"));
		delivery("a1").nack(Duration.ZERO);
		this.fixture.sqs.answer(messages(2, "a1", "a2"));
		Delivery again = this.fixture.delivery(1);
		again.begin();
		again.ack();
		assertThat(again.attempt()).isEqualTo(2);
		assertThat(delivery("a2").attempt()).isEqualTo(1);
	}

	@Test
	void letsAMessageThatComesAgainNotWaitForTheHandlerFromWhichItWasTaken() {
		receive("a1", "a2");
		delivery("a1").begin();
		delivery("a1").abandon();
		receive("a1", "a2");
		assertThat(handedOver()).containsExactly("a1", "a1");
		this.fixture.delivery(0).ack();
		assertThat(handedOver()).containsExactly("a1", "a1");
		this.fixture.delivery(1).ack();
		assertThat(handedOver()).containsExactly("a1", "a1", "a2");
	}

	@Test
	void whenTheGroupComesAgainStartsAtItsFirst() {
		receive("a1", "a2");
		delivery("a1").nack(Duration.ZERO);
		receive("a1", "a2");
		assertThat(handedOver()).containsExactly("a1", "a1");
	}

	@Test
	void whenStoppedHandsBackWhatWaits() {
		receive("a1", "a2", "a3");
		delivery("a1").begin();
		this.fixture.subscription.stop(Duration.ZERO);
		delivery("a1").ack();
		assertThat(handedOver()).containsExactly("a1");
		assertThat(this.fixture.sqs.visibilities()).containsExactly(0, 0);
		assertThat(this.fixture.sqs.deleted()).containsExactly("receipt-a1");
	}

	@Test
	void keepsWhatWaitsHidden() {
		receive("a1", "a2");
		this.fixture.clock.advance(Duration.ofSeconds(21));
		assertThat(this.fixture.sqs.visibilities()).containsExactly(30, 30);
	}

	@Test
	void makesReceivesRepeatable() {
		assertThat(this.fixture.sqs.receives.get(0).receiveRequestAttemptId()).isNotBlank();
		receive("a1");
		assertThat(this.fixture.sqs.receives).extracting((request) -> request.receiveRequestAttemptId())
			.doesNotHaveDuplicates();
	}

	@Test
	void onAStandardQueueHandsOverAllOfAGroup() {
		SqsFixture standard = new SqsFixture(SqsFixture.options()).start();
		standard.sqs.answer(messages("a1", "a2"));
		assertThat(standard.deliveries).hasSize(2);
		assertThat(standard.sqs.receives.get(0).receiveRequestAttemptId()).isNull();
	}

	private void receive(String... bodies) {
		this.fixture.sqs.answer(messages(bodies));
	}

	// The group is the first letter.
	private static List<Message> messages(String... bodies) {
		return messages(1, bodies);
	}

	private static List<Message> messages(int receives, String... bodies) {
		return Stream.of(bodies)
			.map((body) -> FakeSqs.message("id-" + body, "receipt-" + body)
				.toBuilder()
				.body(body)
				.attributes(Map.of(MessageSystemAttributeName.MESSAGE_GROUP_ID, body.substring(0, 1),
						MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, String.valueOf(receives)))
				.build())
			.toList();
	}

	private void loseAtNextBeat(String body) {
		this.fixture.sqs.answerNextChange(CompletableFuture.completedFuture(ChangeMessageVisibilityBatchResponse
			.builder()
			.failed(BatchResultErrorEntry.builder().id("0").code("ReceiptHandleIsInvalid").senderFault(true).build())
			.build()));
		this.fixture.clock.advance(Duration.ofSeconds(21));
		assertThat(delivery(body).isLost()).isTrue();
	}

	private List<String> handedOver() {
		return this.fixture.deliveries.stream().map((delivery) -> delivery.message().body()).toList();
	}

	private Delivery delivery(String body) {
		return this.fixture.deliveries.stream()
			.filter((delivery) -> delivery.message().body().equals(body))
			.findFirst()
			.orElseThrow();
	}

}
