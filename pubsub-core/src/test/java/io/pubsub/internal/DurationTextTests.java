package io.pubsub.internal;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DurationText}.
 */
class DurationTextTests {

	@ParameterizedTest
	@CsvSource({ "PT1.204S, 1.204s", "PT0S, 0s", "PT15M, 15m", "PT1H30M, 1h30m", "PT-6H, -6h" })
	void writesWhatPeopleRead(Duration duration, String text) {
		assertThat(DurationText.of(duration)).isEqualTo(text);
	}

}
