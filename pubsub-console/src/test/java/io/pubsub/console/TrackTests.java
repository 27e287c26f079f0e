package io.pubsub.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.pubsub.test.TestClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Track}.
 */
class TrackTests {

	private static final Duration TIME = Duration.ofMillis(5);

	private static final Duration QUARTER = Slots.LENGTH.multipliedBy(Slots.COUNT);

	private final TestClock clock = new TestClock();

	private final Track track = new Track(this.clock);

	@Test
	void showsThePastToWhoLooksLater() {
		this.track.record("succeeded", TIME, null);
		this.clock.advance(Slots.LENGTH.multipliedBy(2));
		this.track.record("succeeded", TIME, null);
		this.track.record("succeeded", TIME, null);
		this.track.record("failed", TIME, null);
		Track.History history = history();
		assertThat(lastOf(history.counts().get("succeeded"))).containsExactly(1L, 0L, 2L);
		assertThat(lastOf(history.counts().get("failed"))).containsExactly(0L, 0L, 1L);
		assertThat(history.counts().get("failed")).hasSize(Slots.COUNT);
	}

	@Test
	void forgetsAfterAQuarterOfAnHour() {
		this.track.record("succeeded", TIME, null);
		this.clock.advance(QUARTER.minus(Slots.LENGTH));
		assertThat(history().counts()).containsKey("succeeded");
		this.clock.advance(Slots.LENGTH);
		assertThat(history().counts()).isEmpty();
		assertThat(history().p50()).isNull();
	}

	@Test
	void keepsTheLongestWaitOfASlot() {
		this.track.record("succeeded", TIME, Duration.ofMillis(70));
		this.track.record("succeeded", TIME, Duration.ofMillis(30));
		this.track.record("succeeded", TIME, null);
		assertThat(lastOf(history().waits())).containsExactly(null, null, 70L);
	}

	@Test
	void doesNotLoseWhatComesAfterTheClockWentBack() {
		AtomicReference<Instant> time = new AtomicReference<>(this.clock.instant());
		InstantSource source = time::get;
		Track jumping = new Track(source.withZone(ZoneOffset.UTC));
		jumping.record("succeeded", TIME, null);
		time.set(this.clock.instant().minusSeconds(60));
		jumping.record("succeeded", TIME, null);
		Track.History history = jumping.history(Slots.at(this.clock.instant()));
		assertThat(lastOf(history.counts().get("succeeded"))).containsExactly(0L, 0L, 2L);
	}

	private Track.History history() {
		return this.track.history(Slots.at(this.clock.instant()));
	}

	private static List<Long> lastOf(List<Long> values) {
		return values.subList(values.size() - 3, values.size());
	}

}
