package io.pubsub.uri;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UriOptions}.
 */
class UriOptionsTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final DataSize KILOBYTE = DataSize.ofKilobytes(1);

	@Test
	void refusesNegativeDelay() {
		assertThatIllegalArgumentException().isThrownBy(() -> options(SECOND.negated(), SECOND, SECOND, KILOBYTE))
			.withMessageContaining("nack delay");
	}

	@Test
	void refusesConnectTimeoutOfZero() {
		assertThatIllegalArgumentException().isThrownBy(() -> options(SECOND, Duration.ZERO, SECOND, KILOBYTE))
			.withMessageContaining("connect timeout");
	}

	@Test
	void refusesReadTimeoutOfZero() {
		assertThatIllegalArgumentException().isThrownBy(() -> options(SECOND, SECOND, Duration.ZERO, KILOBYTE))
			.withMessageContaining("read timeout");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, Integer.MAX_VALUE })
	void refusesSizeThatNoResponseCanHave(long bytes) {
		assertThatIllegalArgumentException().isThrownBy(() -> options(SECOND, SECOND, SECOND, DataSize.ofBytes(bytes)))
			.withMessageContaining("max size");
	}

	private static UriOptions options(Duration nackDelay, Duration connectTimeout, Duration readTimeout,
			DataSize maxSize) {
		return new UriOptions(List.of(), List.of(), true, nackDelay, connectTimeout, readTimeout, maxSize);
	}

}
