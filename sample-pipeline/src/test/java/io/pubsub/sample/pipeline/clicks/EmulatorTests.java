package io.pubsub.sample.pipeline.clicks;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Emulator}.
 */
class EmulatorTests {

	private static final String CBOR = "aws.cborEnabled";

	@AfterEach
	void forget() {
		System.clearProperty(CBOR);
	}

	@Test
	void addsWhatAServerWithoutTlsNeeds() {
		String endpoint = "--spring.cloud.aws.endpoint=http://127.0.0.1:5000";
		assertThat(Emulator.prepare("--demo=true", endpoint)).contains("--demo=true", endpoint)
			.anyMatch((arg) -> arg.startsWith("--spring.cloud.aws.region.static="))
			.hasSize(6);
		assertThat(System.getProperty(CBOR)).isEqualTo("false");
	}

	@Test
	void addsNothingForAws() {
		assertThat(Emulator.prepare("--demo=true")).containsExactly("--demo=true");
		assertThat(Emulator.prepare("--spring.cloud.aws.endpoint=https://example.com")).hasSize(1);
		assertThat(System.getProperty(CBOR)).isNull();
	}

}
