package io.pubsub.source;

import java.time.Instant;
import java.util.Map;

import io.pubsub.transport.InboundMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineMessages}.
 */
class LineMessagesTests {

	private final LineMessages messages = new LineMessages();

	@ParameterizedTest
	@ValueSource(strings = { "hello", "{\"mediaType\": \"a/b\"}", "{\"MessageId\": 1, \"Body\": \"x\"}",
			"{\"MessageId\"", "{\"MessageId\": \"1\", \"Message\": \"{}\"}",
			"{\"mediaType\": \"a/b\", \"MessageId\": \"1\", \"Body\": \"x\"}" })
	void takesALineForTheBody(String line) {
		assertThat(this.messages.read("input:1", line)).isEqualTo(new InboundMessage("input:1", line));
	}

	@Test
	void opensAMessageThatSqsHandedOver() {
		InboundMessage message = this.messages.read("input:1", """
				{"MessageId": "745e", "ReceiptHandle": "f7", "Body": "{}",
				"Attributes": {"SentTimestamp": "1795348334079", "MessageGroupId": "a"},
				"MessageAttributes": {"dead_letter_reason": {"DataType": "String", "StringValue": "invalid"},
				"hash": {"DataType": "Binary", "BinaryValue": "AA=="}}}""");
		assertThat(message).isEqualTo(new InboundMessage("input:1", "{}",
				Map.of("dead_letter_reason", "invalid", "hash", "AA=="), "a", Instant.ofEpochMilli(1795348334079L)));
	}

}
