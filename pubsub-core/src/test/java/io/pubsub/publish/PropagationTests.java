package io.pubsub.publish;

import java.util.List;
import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.MessageContext;
import io.pubsub.OpaqueData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Propagation}.
 */
class PropagationTests {

	@Test
	void takesNothingFromNoContext() {
		assertThat(Propagation.defaults().from(null)).isEqualTo(OpaqueData.none());
	}

	@Test
	void takesRequestAndTraceIdsByDefault() {
		MessageContext context = context(null,
				Map.of("X-Request-Id", "1", "traceparent", "2", "tracestate", "3", "baggage", "4", "uri", "secret",
						"receipt_handle", "secret", "x-requests", "secret", "traceparent2", "secret"));
		assertThat(Propagation.defaults().from(context).asMap()).containsOnlyKeys("X-Request-Id", "traceparent",
				"tracestate", "baggage");
	}

	@Test
	void leavesTheTimeOfPublishingBehind() {
		MessageContext context = context(null, Map.of("X-Request-Published", "1.5"));
		assertThat(Propagation.defaults().from(context)).isEqualTo(OpaqueData.none());
	}

	@Test
	void takesTheTimeToLiveOfTheContext() {
		MessageContext context = context(9, Map.of("X-Request-TTL", "10"));
		assertThat(Propagation.defaults().from(context).get(OpaqueData.TIME_TO_LIVE)).isEqualTo("9");
		assertThat(new Propagation(List.of()).from(context).get(OpaqueData.TIME_TO_LIVE)).isEqualTo("9");
	}

	@Test
	void takesTheKeysItIsGiven() {
		MessageContext context = context(null, Map.of("tenant", "a", "x-request-id", "b"));
		assertThat(new Propagation(List.of("Tenant")).from(context).asMap()).containsOnlyKeys("tenant");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a*b", "*a", "a**" })
	void refusesAKeyThatIsNone(String key) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Propagation(List.of(key)))
			.withMessageContaining("'" + key + "'");
	}

	private static MessageContext context(@Nullable Integer timeToLive, Map<String, String> opaqueData) {
		return new MessageContext("1", new MediaType("a/b"), 1, timeToLive, null, OpaqueData.of(opaqueData), Map.of());
	}

}
