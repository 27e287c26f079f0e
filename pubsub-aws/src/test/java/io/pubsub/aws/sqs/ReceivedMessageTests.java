package io.pubsub.aws.sqs;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReceivedMessage}.
 */
class ReceivedMessageTests {

	@Test
	void readsWhatSqsCounts() {
		ReceivedMessage message = read("3", "1795348334079");
		assertThat(message.attempt()).isEqualTo(3);
		assertThat(message.content().sentAt()).isEqualTo(Instant.ofEpochMilli(1_795_348_334_079L));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "often", "-3", "1e9", "99999999999999999999" })
	void takesNumbersThatMakeNoSenseForAbsent(String number) {
		ReceivedMessage message = read(number, number);
		assertThat(message.attempt()).isOne();
		assertThat(message.content().sentAt()).isNull();
	}

	private static ReceivedMessage read(String count, String sent) {
		Message message = Message.builder()
			.messageId("m-1")
			.receiptHandle("r-1")
			.body("{}")
			.attributes(Map.of(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, count,
					MessageSystemAttributeName.SENT_TIMESTAMP, sent))
			.build();
		return ReceivedMessage.read(message, 0, Visibility.DEFAULT);
	}

}
