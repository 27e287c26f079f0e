package io.pubsub.transport;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InboundMessage}.
 */
class InboundMessageTests {

	@Test
	void mayHaveBodyAndNothingElse() {
		assertThat(new InboundMessage("id-1", "body"))
			.isEqualTo(new InboundMessage("id-1", "body", Map.of(), null, null));
	}

	@Test
	void staysTheSameWhenTheAttributesChangeThatItCameFrom() {
		Map<String, String> attributes = new HashMap<>(Map.of("origin", "test"));
		InboundMessage message = new InboundMessage("id-1", "body", attributes, null, null);
		attributes.clear();
		assertThat(message.attributes()).containsExactly(Map.entry("origin", "test"));
	}

	@Test
	void isWrittenWithoutItsContent() {
		assertThat(new InboundMessage("id-1", "secret", Map.of("user", "secret"), null, null))
			.hasToString("InboundMessage[id=id-1, 6 characters]");
	}

}
