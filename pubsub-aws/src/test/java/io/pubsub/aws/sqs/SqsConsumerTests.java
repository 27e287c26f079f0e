package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.pubsub.transport.Delivery;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SqsConsumer}.
 */
class SqsConsumerTests {

	private final FakeSqs sqs = new FakeSqs();

	private final SqsConsumer consumer = SqsConsumer.builder(this.sqs, FakeSqs.URL)
		.limit(5)
		.waitTime(Duration.ofSeconds(1))
		.build();

	@Test
	void receivesOnce() {
		assertThat(consume(3)).extracting((delivery) -> delivery.message().id()).containsExactly("m1", "m2", "m3");
		assertThat(this.sqs.receives).hasSize(1).allSatisfy((request) -> {
			assertThat(request.maxNumberOfMessages()).isEqualTo(5);
			assertThat(request.waitTimeSeconds()).isEqualTo(1);
		});
	}

	@Test
	void whenTheReceiveCountIsUnknownCallsItTheFirstAttempt() {
		assertThat(consume(1)).extracting(Delivery::attempt).containsExactly(1);
	}

	@Test
	void whenClosedCarriesOutWhatWasSettled() {
		List<Delivery> deliveries = consume(2);
		deliveries.get(0).ack();
		deliveries.get(1).nack(Duration.ofSeconds(3));
		this.consumer.close();
		assertThat(this.sqs.deleted()).containsExactly("r1");
		assertThat(this.sqs.visibilities()).containsExactly(3);
	}

	@Test
	void whenTheQueueDoesNotExistFails() {
		this.sqs.failToStart(QueueDoesNotExistException.builder().build());
		assertThatExceptionOfType(QueueNotFoundException.class).isThrownBy(this.consumer::consume);
	}

	@Test
	void whenTheQueueDoesNotExistAnyMoreFails() {
		assertThat(consume(1)).hasSize(1);
		CompletableFuture<List<Delivery>> next = CompletableFuture.supplyAsync(this.consumer::consume);
		Awaitility.await().until(() -> !this.sqs.openLimits().isEmpty());
		this.sqs.failReceive(QueueDoesNotExistException.builder().build());
		assertThat(next).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.withCauseInstanceOf(QueueNotFoundException.class)
			.withMessageContaining(FakeSqs.URL);
	}

	@Test
	void whenInterruptedHandsBackWhatTheReceiveBrings() throws InterruptedException {
		Thread thread = new Thread(this.consumer::consume);
		thread.start();
		Awaitility.await().until(() -> !this.sqs.openLimits().isEmpty());
		thread.interrupt();
		thread.join();
		this.sqs.answer(2);
		this.consumer.close();
		assertThat(this.sqs.visibilities()).containsExactly(0, 0);
	}

	@Test
	void refusesALimitThatSqsDoesNotKnow() {
		assertThatIllegalArgumentException().isThrownBy(() -> SqsConsumer.builder(this.sqs, "orders").limit(11))
			.withMessage("limit must be from 1 to 10, not 11");
	}

	private List<Delivery> consume(int count) {
		CompletableFuture<List<Delivery>> deliveries = CompletableFuture.supplyAsync(this.consumer::consume);
		Awaitility.await().until(() -> !this.sqs.openLimits().isEmpty());
		this.sqs.answer(count);
		return deliveries.join();
	}

}
