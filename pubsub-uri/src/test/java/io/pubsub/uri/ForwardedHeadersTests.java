package io.pubsub.uri;

import java.util.List;
import java.util.Map;

import io.pubsub.OpaqueData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ForwardedHeaders}.
 */
class ForwardedHeadersTests {

	private final ForwardedHeaders forwarded = new ForwardedHeaders(List.of("X-Request-*", "tenant"));

	@Test
	void forwardsWhatIsAllowedInLowerCase() {
		assertThat(headers(Map.of("X-Request-Id", "7", "Tenant", "blue"))).containsOnly(Map.entry("x-request-id", "7"),
				Map.entry("tenant", "blue"));
	}

	@Test
	void keepsEverythingElse() {
		assertThat(headers(Map.of("receipt_handle", "secret", "x-request", "1", "tenant-id", "2"))).isEmpty();
	}

	@Test
	void forwardsNothingOfNothing() {
		assertThat(headers(Map.of())).isEmpty();
	}

	@Test
	void leavesOutWhatCannotBeHeader() {
		assertThat(headers(Map.of("x-request-a b", "1", "x-request-id", "1\r\nHost: evil"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x-*-id" })
	void refusesKeyThatCannotMatch(String key) {
		assertThatIllegalArgumentException().isThrownBy(() -> new ForwardedHeaders(List.of(key)))
			.withMessageContaining("headers to forward");
	}

	private Map<String, String> headers(Map<String, String> data) {
		HttpHeaders headers = new HttpHeaders();
		this.forwarded.addTo(headers, OpaqueData.of(data));
		return headers.toSingleValueMap();
	}

}
