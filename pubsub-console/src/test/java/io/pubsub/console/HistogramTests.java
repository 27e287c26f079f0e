package io.pubsub.console;

import java.time.Duration;
import java.util.stream.IntStream;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Histogram}.
 */
class HistogramTests {

	private final Histogram histogram = new Histogram();

	@Test
	void hasNoPercentileOfNothing() {
		assertThat(this.histogram.percentile(0.5)).isNull();
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 7, 8, 9, 15, 16, 1000, 123_456, 60_000_000, 86_400_000_000L })
	void tellsATimeToAboutSixPercent(long micros) {
		this.histogram.record(Duration.ofNanos(micros * 1000));
		assertThat(this.histogram.percentile(1)).isCloseTo(micros, Percentage.withPercentage(6.5));
	}

	@Test
	void tellsTheShareThatTookNoLonger() {
		IntStream.rangeClosed(1, 1000).forEach((i) -> this.histogram.record(Duration.ofMillis(i)));
		assertThat(this.histogram.percentile(0.5)).isCloseTo(500_000, Percentage.withPercentage(6.5));
		assertThat(this.histogram.percentile(0.95)).isCloseTo(950_000, Percentage.withPercentage(6.5));
		assertThat(this.histogram.percentile(0.99)).isCloseTo(990_000, Percentage.withPercentage(6.5));
	}

	@Test
	void countsWhatTakesLongerThanItKnows() {
		this.histogram.record(Duration.ofDays(1000));
		assertThat(this.histogram.percentile(1)).isGreaterThan(Duration.ofDays(3).toSeconds() * 1_000_000);
	}

	@Test
	void addsAnother() {
		Histogram other = new Histogram();
		other.record(Duration.ofMillis(80));
		this.histogram.record(Duration.ofMillis(2));
		this.histogram.add(other);
		assertThat(this.histogram.percentile(0.5)).isCloseTo(2000, Percentage.withPercentage(6.5));
		assertThat(this.histogram.percentile(1)).isCloseTo(80_000, Percentage.withPercentage(6.5));
	}

}
