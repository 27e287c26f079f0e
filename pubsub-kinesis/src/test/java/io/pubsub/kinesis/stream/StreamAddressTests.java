package io.pubsub.kinesis.stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link StreamAddress}.
 */
class StreamAddressTests {

	@Test
	void readsName() {
		assertThat(StreamAddress.parse("kinesis:orders")).isEqualTo(new StreamAddress("orders", null))
			.hasToString("kinesis:orders");
	}

	@Test
	void readsArn() {
		String arn = "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/orders";
		assertThat(StreamAddress.parse("kinesis:" + arn)).isEqualTo(new StreamAddress("orders", arn))
			.hasToString("kinesis:" + arn);
	}

	@ParameterizedTest
	@ValueSource(strings = { "orders", "kinesis:", "kinesis:a b",
			"kinesis:arn:aws:sqs:eu-central-1:123456789012:orders", "Kinesis:orders" })
	void refusesWhatIsNone(String address) {
		assertThatIllegalArgumentException().isThrownBy(() -> StreamAddress.parse(address))
			.withMessageContaining("'" + address + "' is not the address of a Kinesis stream");
	}

	@Test
	void knowsWhatIsMeantAsOne() {
		assertThat(StreamAddress.isAddress("kinesis:?")).isTrue();
		assertThat(StreamAddress.isAddress("orders")).isFalse();
		assertThat(StreamAddress.isAddress(null)).isFalse();
	}

}
