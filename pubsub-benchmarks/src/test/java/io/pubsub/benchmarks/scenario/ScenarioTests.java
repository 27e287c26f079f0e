package io.pubsub.benchmarks.scenario;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Scenario}.
 */
class ScenarioTests {

	@Test
	void takesLongForOneMessageInTen() {
		assertThat(Scenario.ONE_IN_TEN.handlingTime(20)).isEqualTo(Duration.ofSeconds(5));
		assertThat(Scenario.ONE_IN_TEN.handlingTime(21)).isZero();
	}

	@Test
	void knowsTheIdealOfAColdStart() {
		assertThat(Scenario.COLD5S.ideal(200)).isEqualTo(Duration.ofSeconds(10));
		assertThat(Scenario.COLD5S.ideal(201)).isEqualTo(Duration.ofSeconds(15));
	}

}
