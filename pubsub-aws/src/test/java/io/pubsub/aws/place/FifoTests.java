package io.pubsub.aws.place;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Fifo}.
 */
class FifoTests {

	@ParameterizedTest
	@ValueSource(strings = { "orders.fifo", "arn:aws:sqs:eu-west-1:123456789012:orders.fifo",
			"arn:aws:sns:eu-west-1:123456789012:orders.fifo", "http://localhost:4566/000000000000/orders.fifo",
			"http://localhost:4566/000000000000/orders.fifo/", "http://localhost:4566/000000000000/orders.fifo//" })
	void knowsAFifoAddressInAllItsForms(String address) {
		assertThat(Fifo.isAddress(address)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "orders", "fifo", "orders.fifo.d", "http://orders.fifo/000000000000/orders",
			"arn:aws:sns:eu-west-1:123456789012:orders-fifo" })
	void takesAllOthersForStandard(String address) {
		assertThat(Fifo.isAddress(address)).isFalse();
	}

}
