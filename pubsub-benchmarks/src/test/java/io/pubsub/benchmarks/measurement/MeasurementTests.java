package io.pubsub.benchmarks.measurement;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Measurement}.
 */
class MeasurementTests {

	@Test
	void relatesEverythingToTheMeasuredMessages() {
		Measurement measurement = new Measurement(1250, 0, 1000, 500_000_000, 100_000_000, 200, 1010, 1500, 9000,
				3 << 20, 64_000);
		assertThat(measurement.figures()).isEqualTo(new Figures(2000, 100, 200, 1010, 0.5, 1.5, 9, 3, 64));
	}

	@Test
	void takesTheMedianOfEachNumberOnItsOwn() {
		Figures one = new Figures(1, 20, 3, 1, 40, 5, 60, 7, 8);
		Figures two = new Figures(2, 10, 2, 3, 30, 4, 50, 6, 9);
		Figures three = new Figures(3, 30, 1, 2, 20, 3, 40, 5, 7);
		Figures median = Figures.median(List.of(one, two, three));
		assertThat(median).isEqualTo(new Figures(2, 20, 2, 2, 30, 4, 50, 6, 8));
	}

}
