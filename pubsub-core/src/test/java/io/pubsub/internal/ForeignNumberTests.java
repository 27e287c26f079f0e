package io.pubsub.internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ForeignNumber}.
 */
class ForeignNumberTests {

	@Test
	void isWhatTheTextSays() {
		assertThat(ForeignNumber.of(" 32 ", 0, 100)).isEqualTo(32);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "NaN", "0x10", "1e9", "1.5", "99999999999999999999", "-1", "101" })
	void isAbsentIfTheTextMakesNoSense(String text) {
		assertThat(ForeignNumber.of(text, 0, 100)).isNull();
	}

	@Test
	void isAbsentWithoutText() {
		assertThat(ForeignNumber.of(null, 0, 100)).isNull();
	}

}
