package io.pubsub.console;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Origins}.
 */
class OriginsTests {

	@Test
	void trustsWhatIsNoBrowser() {
		assertThat(isOwn(Map.of())).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "same-origin, true", "same-site, false", "cross-site, false", "none, false" })
	void believesTheBrowser(String site, boolean own) {
		assertThat(isOwn(Map.of("Sec-Fetch-Site", site))).isEqualTo(own);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://ops.example.com:8081", "http://OPS.example.com:8081" })
	void comparesOriginAndHost(String origin) {
		assertThat(isOwn(Map.of("Origin", origin))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://ops.example.com", "http://evil.example.com:8081", "null", "", "http://[", "ops" })
	void refusesOtherOrigins(String origin) {
		assertThat(isOwn(Map.of("Origin", origin))).isFalse();
	}

	@Test
	void believesTheProxyWhatItsHostIs() {
		assertThat(isOwn(Map.of("Origin", "https://tools.example.com", "X-Forwarded-Host", "tools.example.com")))
			.isTrue();
	}

	private static boolean isOwn(Map<String, String> headers) {
		return Origins.isOwn(new HeadersOnly(headers));
	}

	private record HeadersOnly(Map<String, String> headers) implements Exchange {

		@Override
		public @Nullable String header(String name) {
			return this.headers.get(name);
		}

		@Override
		public String remoteAddress() {
			return "192.0.2.1";
		}

		@Override
		public String host() {
			return Origins.host("http", "ops.example.com", 8081);
		}

		@Override
		public void setHeader(String name, String value) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Snapshot.@Nullable Csrf csrf() {
			return null;
		}

	}

}
