package io.pubsub.test;

import java.time.Duration;

import io.pubsub.transport.Delivery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DeliveryAssert}.
 */
class DeliveryAssertTests {

	private final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	private final TestConsumer consumer = new TestConsumer(this.queue.source());

	@BeforeEach
	void send() {
		this.queue.send("order-1");
	}

	@Test
	void passesOnBodyAndAttempt() {
		assertThat(delivery()).hasBody("order-1").hasAttempt(1);
	}

	@Test
	void failsOnAnotherBody() {
		fails(() -> assertThat(delivery()).hasBody("order-2"), "body");
	}

	@Test
	void failsOnAnotherAttempt() {
		fails(() -> assertThat(delivery()).hasAttempt(2), "attempt");
	}

	@Test
	void passesOnAckedOne() {
		delivery().ack();
		assertThat(delivery()).isAcked();
	}

	@Test
	void passesOnNackedOne() {
		delivery().nack(null);
		assertThat(delivery()).isNacked();
	}

	@Test
	void passesOnLostOne() {
		delivery().begin();
		this.consumer.subscription().stop(Duration.ZERO);
		assertThat(delivery()).isLost();
	}

	@Test
	void failsOnAnotherSettlement() {
		delivery().nack(null);
		fails(() -> assertThat(delivery()).isAcked(), "NACKED");
	}

	@Test
	void passesOnUnsettledOne() {
		assertThat(delivery()).isNotSettled();
	}

	@Test
	void failsOnSettledOneThatShouldNotBe() {
		delivery().ack();
		fails(() -> assertThat(delivery()).isNotSettled(), "settlement");
	}

	private Delivery delivery() {
		return this.consumer.await(1);
	}

	private static void fails(Runnable assertion, String message) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion::run).withMessageContaining(message);
	}

}
