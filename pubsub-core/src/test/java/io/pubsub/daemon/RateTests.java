package io.pubsub.daemon;

import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Rate}.
 */
class RateTests {

	@Test
	void readsNumberAndUnit() {
		assertThat(Rate.valueOf("200/s")).isEqualTo(new Rate(200, ChronoUnit.SECONDS));
		assertThat(Rate.valueOf("30/m")).isEqualTo(new Rate(30, ChronoUnit.MINUTES));
		assertThat(Rate.valueOf(" 1000/h ")).isEqualTo(new Rate(1000, ChronoUnit.HOURS));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1/s", "30/m", "1000000/h" })
	void writesWhatItReads(String text) {
		assertThat(Rate.valueOf(text)).hasToString(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "200", "0/s", "-1/s", "1.5/s", "200/d", "200/S", "200 per second", "1000001/s",
			"99999999/s", "/s", "200/" })
	void refusesWhatIsNoRate(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Rate.valueOf(text))
			.withMessageContaining("'" + text + "' is no rate")
			.withMessageContaining("such as 200/s or 30/m");
	}

	@Test
	void refusesNumbersAndUnitsThatAreNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Rate(0, ChronoUnit.SECONDS))
			.withMessage("a rate must be from 1 to 1000000 messages, not 0");
		assertThatIllegalArgumentException().isThrownBy(() -> new Rate(1, ChronoUnit.DAYS))
			.withMessage("a rate must be per second, minute or hour, not per DAYS");
	}

}
