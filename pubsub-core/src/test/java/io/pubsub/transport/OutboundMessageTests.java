package io.pubsub.transport;

import java.util.HashMap;
import java.util.Map;

import io.pubsub.MediaType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundMessage}.
 */
class OutboundMessageTests {

	private static final MediaType MEDIA_TYPE = new MediaType("application/json");

	@Test
	void countsTheBytesOfTheBody() {
		assertThat(message("ü漢🚀", Map.of()).sizeInBytes()).isEqualTo(2 + 3 + 4);
	}

	@Test
	void countsNameTypeAndValueOfAttributes() {
		int size = "name".length() + "String".length() + 2;
		assertThat(message("", Map.of("name", "ü")).sizeInBytes()).isEqualTo(size);
	}

	@Test
	void staysTheSameWhenTheAttributesChangeThatItCameFrom() {
		Map<String, String> attributes = new HashMap<>(Map.of("origin", "test"));
		OutboundMessage message = message("{}", attributes);
		attributes.clear();
		assertThat(message.attributes()).containsExactly(Map.entry("origin", "test"));
	}

	@Test
	void isWrittenWithoutItsContent() {
		assertThat(message("secret", Map.of("user", "secret")))
			.hasToString("OutboundMessage[application/json to topic, 6 characters]");
	}

	private static OutboundMessage message(String body, Map<String, String> attributes) {
		return new OutboundMessage("topic", MEDIA_TYPE, body, attributes);
	}

}
