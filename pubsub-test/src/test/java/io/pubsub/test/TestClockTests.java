package io.pubsub.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.pubsub.time.Timekeeper;
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

	@Test
	void runsTheTasksOfATimekeeperEachAtItsTime() {
		Timekeeper time = this.clock.timekeeper();
		List<Instant> ran = new ArrayList<>();
		time.after(Duration.ofSeconds(2), () -> ran.add(time.now()));
		time.after(Duration.ofSeconds(1), () -> time.after(Duration.ofSeconds(2), () -> ran.add(time.now())));
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(ran).containsExactly(START.plusSeconds(2), START.plusSeconds(3));
		assertThat(time.now()).isEqualTo(START.plusSeconds(5));
	}

	@Test
	void runsNoTaskBeforeItsTime() {
		List<Instant> ran = new ArrayList<>();
		this.clock.timekeeper().after(Duration.ofSeconds(2), () -> ran.add(this.clock.instant()));
		this.clock.advance(Duration.ofMillis(1_999));
		assertThat(ran).isEmpty();
	}

	@Test
	void runsNoTaskThatWasCancelled() {
		List<String> ran = new ArrayList<>();
		Timekeeper.Task task = this.clock.timekeeper().after(Duration.ofSeconds(2), () -> ran.add("task"));
		task.cancel();
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(ran).isEmpty();
		assertThat(task.isCancelled()).isTrue();
	}

	@Test
	void whenATimekeeperIsClosedRunsTheTasksOfOthersOnly() {
		List<String> ran = new ArrayList<>();
		Timekeeper closed = this.clock.timekeeper();
		closed.after(Duration.ofSeconds(1), () -> ran.add("closed"));
		this.clock.timekeeper().after(Duration.ofSeconds(1), () -> ran.add("open"));
		closed.close();
		assertThat(closed.after(Duration.ZERO, () -> ran.add("late")).isCancelled()).isTrue();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(ran).containsExactly("open");
	}

	@Test
	void whenSkippedRunsWhatBecameDueLate() {
		List<Instant> ran = new ArrayList<>();
		this.clock.timekeeper().after(Duration.ofSeconds(2), () -> ran.add(this.clock.instant()));
		this.clock.skip(Duration.ofSeconds(5));
		assertThat(ran).isEmpty();
		this.clock.advance(Duration.ZERO);
		assertThat(ran).containsExactly(START.plusSeconds(5));
	}

	@Test
	void whenResetItsTimekeeperGoesForward() {
		Timekeeper time = this.clock.timekeeper();
		this.clock.advance(Duration.ofSeconds(5));
		this.clock.reset();
		assertThat(time.now()).isEqualTo(START);
		assertThat(time.nanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
	}

}
