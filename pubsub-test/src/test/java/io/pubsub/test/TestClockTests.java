package io.pubsub.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TestClock}.
 */
class TestClockTests {

	private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

	private final TestClock clock = new TestClock(START);

	@Test
	void startsWhereItIsTold() {
		assertThat(this.clock.instant()).isEqualTo(START);
	}

	@Test
	void startsAtTheBeginningOfTheYearUnlessTold() {
		assertThat(new TestClock().instant()).isEqualTo("2026-01-01T00:00:00Z");
	}

	@Test
	void advances() {
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(this.clock.instant()).isEqualTo(START.plusSeconds(5));
	}

	@Test
	void refusesToGoBack() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.clock.advance(Duration.ofSeconds(-1)))
			.withMessage("a test clock only moves forward, not by PT-1S");
	}

	@Test
	void isInUtc() {
		assertThat(this.clock.getZone()).isEqualTo(ZoneOffset.UTC);
	}

	@Test
	void moveTogetherInAllZones() {
		Clock elsewhere = this.clock.withZone(ZoneId.of("Europe/Zurich"));
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(elsewhere.instant()).isEqualTo(START.plusSeconds(5));
		assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Europe/Zurich"));
	}

	@Test
	void losesNoStepOfManyThreads() {
		CompletableFuture<?>[] steps = IntStream.range(0, 1000)
			.mapToObj((step) -> CompletableFuture.runAsync(() -> this.clock.advance(Duration.ofSeconds(1))))
			.toArray(CompletableFuture<?>[]::new);
		CompletableFuture.allOf(steps).join();
		assertThat(this.clock.instant()).isEqualTo(START.plusSeconds(1000));
	}

}
