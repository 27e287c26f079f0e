package io.pubsub.transport;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BackoffPolicy}.
 */
class BackoffPolicyTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 1000 })
	void fixedIsTheSameAfterEveryFailure(int attempt) {
		assertThat(BackoffPolicy.fixed(SECOND).delay(attempt)).isEqualTo(SECOND);
	}

	@Test
	void fixedMayBeZeroOr12Hours() {
		assertThat(BackoffPolicy.fixed(Duration.ZERO).delay(1)).isZero();
		assertThat(BackoffPolicy.fixed(Duration.ofHours(12)).delay(1)).hasHours(12);
	}

	@ParameterizedTest
	@CsvSource({ "PT-0.001S, -0.001s", "PT12H0.001S, 12h0.001s" })
	void fixedRefusesWhatSqsDoes(Duration delay, String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> BackoffPolicy.fixed(delay))
			.withMessage("a fixed back-off must be between 0s and 12h, not " + text);
	}

	@ParameterizedTest
	@CsvSource({ "0, PT1S", "1, PT1S", "2, PT2S", "6, PT32S", "7, PT1M", "64, PT1M", "2147483647, PT1M" })
	void doublingIsTwiceAsLongAfterEveryFailure(int attempt, Duration delay) {
		assertThat(BackoffPolicy.doubling(SECOND, MINUTE).delay(attempt)).isEqualTo(delay);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1000", "2, 2000", "3, 4000", "6, 32000", "7, 60000", "63, 60000", "64, 60000", "1000000, 60000" })
	void exponentialStaysWithinItsLimit(int attempt, long limit) {
		assertThat(delays(attempt)).allMatch((delay) -> !delay.isNegative() && delay.toMillis() <= limit);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1000", "3, 4000", "1000, 60000" })
	void exponentialUsesTheWholeRange(int attempt, long limit) {
		assertThat(delays(attempt)).anyMatch((delay) -> delay.toMillis() < limit / 4)
			.anyMatch((delay) -> delay.toMillis() > limit - limit / 4);
	}

	@Test
	void exponentialCountsAttemptZeroAsTheFirst() {
		assertThat(delays(0)).allMatch((delay) -> delay.compareTo(SECOND) <= 0);
	}

	@Test
	void exponentialNeedsBaseOfOneMillisecond() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> BackoffPolicy.exponential(Duration.ofNanos(999_999), SECOND))
			.withMessage("the base of an exponential back-off must be at least 1ms, not 0.000999999s");
	}

	@Test
	void exponentialNeedsMaxThatIsNotShorterThanItsBase() {
		assertThatIllegalArgumentException().isThrownBy(() -> BackoffPolicy.exponential(MINUTE, SECOND))
			.withMessage(
					"the max of an exponential back-off must not be shorter than its base, but 1s is shorter than 1m");
	}

	@Test
	void exponentialRefusesMaxThatSqsDoes() {
		assertThatIllegalArgumentException().isThrownBy(() -> BackoffPolicy.exponential(SECOND, Duration.ofHours(13)))
			.withMessage("the max of an exponential back-off must be at most 12h, not 13h");
	}

	private static Stream<Duration> delays(int attempt) {
		BackoffPolicy policy = BackoffPolicy.exponential(SECOND, MINUTE);
		return IntStream.range(0, 500).mapToObj((ignored) -> policy.delay(attempt));
	}

}
