package io.pubsub.benchmarks.measurement;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Statistics}.
 */
class StatisticsTests {

	@Test
	void medianOfAnOddNumberIsTheMiddleOne() {
		assertThat(Statistics.median(new double[] { 9, 1, 5 })).isEqualTo(5);
	}

	@Test
	void medianOfAnEvenNumberIsBetweenTheMiddleOnes() {
		assertThat(Statistics.median(new double[] { 9, 1, 5, 2 })).isEqualTo(3.5);
	}

	@Test
	void percentileIsTheSmallestValueThatSoManyDoNotExceed() {
		long[] values = LongStream.rangeClosed(1, 200).map((value) -> 201 - value).toArray();
		assertThat(Statistics.percentile(values, 50)).isEqualTo(100);
		assertThat(Statistics.percentile(values, 99)).isEqualTo(198);
		assertThat(Statistics.percentile(values, 100)).isEqualTo(200);
	}

	@Test
	void percentileOfNothingIsZero() {
		assertThat(Statistics.percentile(new long[0], 99)).isZero();
	}

}
