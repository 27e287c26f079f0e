package io.pubsub.local.internal.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Doorkeeper}.
 */
class DoorkeeperTests {

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:4566", "LOCALHOST.", "sqs.us-east-1.localhost:1", "127.0.0.1:80",
			"127.8.9.1", "[::1]", "[::1]:4566" })
	void letsInWhatMeansThisMachine(String host) {
		assertThat(Doorkeeper.refusal(host, null, null)).isNull();
		assertThat(Doorkeeper.refusal(host, "http://" + host, "same-origin")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evillocalhost",
			"10.0.0.1", "0.0.0.0", "[::2]", "169.254.169.254:80", "" })
	void refusesOtherHosts(String host) {
		assertThat(Doorkeeper.refusal(host, null, null)).contains("localhost only");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "https://evil.example", "http://localhost.evil.example:80", "not a uri", "" })
	void refusesOtherOrigins(String origin) {
		assertThat(Doorkeeper.refusal("localhost", origin, null)).contains("no web pages of other hosts");
	}

	@Test
	void refusesPagesOfOthersThatSendNoOrigin() {
		assertThat(Doorkeeper.refusal("localhost", null, "cross-site")).contains("no web pages of other hosts");
		assertThat(Doorkeeper.refusal("localhost", null, "none")).isNull();
	}

}
