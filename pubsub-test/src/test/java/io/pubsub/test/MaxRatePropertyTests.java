package io.pubsub.test;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.Rate;
import io.pubsub.time.Timekeeper;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for any rate of a {@link ConsumerDaemon}, with a source that takes a while.
 */
class MaxRatePropertyTests {

	private List<Long> handedOver = new ArrayList<>();

	@Property(tries = 100)
	void handsOverNoMoreThanTheRateAndHardlyLess(@ForAll("rates") Rate rate, @ForAll @IntRange(max = 100) int latency,
			@ForAll @IntRange(max = 500) int handling) {
		TestClock clock = new TestClock();
		FetchingSource source = new FetchingSource(clock.timekeeper(), Duration.ofMillis(latency), 1000);
		ConsumerDaemon daemon = daemon(source, clock.timekeeper(), Duration.ofMillis(handling));
		daemon.maxRate(rate);
		daemon.start();
		double seconds = Math.max(60 / perSecond(rate), 10);
		clock.advance(Duration.ofMillis((long) (seconds * 1000)));
		assertThat((double) this.handedOver.size()).isBetween(0.95 * seconds * perSecond(rate) - 1,
				seconds * perSecond(rate) + burst(rate));
		assertThat(mostIn(Duration.ofSeconds(1))).isLessThanOrEqualTo(most(rate, 1));
		assertThat(mostIn(Duration.ofSeconds(7))).isLessThanOrEqualTo(most(rate, 7));
		assertThat((double) source.asked()).isLessThanOrEqualTo(this.handedOver.size() + 0.35 * perSecond(rate) + 1);
	}

	@Example
	void losesNothingToMessagesThatComeJustBeforeTheirTurn() {
		TestClock clock = new TestClock();
		ConsumerDaemon daemon = daemon(new FetchingSource(clock.timekeeper(), Duration.ofMillis(26), 100),
				clock.timekeeper(), Duration.ZERO);
		daemon.maxRate(new Rate(9, ChronoUnit.SECONDS));
		daemon.start();
		clock.advance(Duration.ofSeconds(20));
		assertThat(this.handedOver).hasSizeBetween(179, 181);
	}

	@Property(tries = 50)
	void handsOverByTheNewRateAfterAChange(@ForAll("rates") Rate before, @ForAll("rates") Rate after,
			@ForAll @IntRange(max = 100) int latency) {
		TestClock clock = new TestClock();
		FetchingSource source = new FetchingSource(clock.timekeeper(), Duration.ofMillis(latency), 100);
		ConsumerDaemon daemon = daemon(source, clock.timekeeper(), Duration.ZERO);
		daemon.maxRate(before);
		daemon.start();
		clock.advance(Duration.ofSeconds(5));
		daemon.maxRate(after);
		this.handedOver.clear();
		clock.advance(Duration.ofSeconds(20));
		assertThat(mostIn(Duration.ofSeconds(1))).isLessThanOrEqualTo(most(after, 1));
		assertThat((double) this.handedOver.size()).isGreaterThanOrEqualTo(0.95 * 20 * perSecond(after) - 1);
	}

	@Provide
	Arbitrary<Rate> rates() {
		Arbitrary<Rate> fast = Arbitraries.integers()
			.between(1, 150)
			.map((number) -> new Rate(number, ChronoUnit.SECONDS));
		Arbitrary<Rate> slow = Combinators
			.combine(Arbitraries.integers().between(1, 1000), Arbitraries.of(ChronoUnit.MINUTES, ChronoUnit.HOURS))
			.as(Rate::new);
		return Arbitraries.oneOf(fast, slow);
	}

	private ConsumerDaemon daemon(FetchingSource source, Timekeeper time, Duration handling) {
		this.handedOver = new ArrayList<>();
		return new ConsumerDaemon(source, (delivery) -> {
			this.handedOver.add(time.nanos());
			time.after(handling, delivery::ack);
		}, Duration.ZERO, time);
	}

	private static double perSecond(Rate rate) {
		return (double) rate.messages() / rate.per().getDuration().toSeconds();
	}

	private static double burst(Rate rate) {
		return Math.max(perSecond(rate) / 10, 1);
	}

	private static long most(Rate rate, int seconds) {
		return (long) (seconds * perSecond(rate) + burst(rate) + 1e-3);
	}

	private long mostIn(Duration window) {
		int size = this.handedOver.size();
		return IntStream.range(0, size)
			.mapToLong((from) -> this.handedOver.subList(from, size)
				.stream()
				.takeWhile((time) -> time - this.handedOver.get(from) < window.toNanos())
				.count())
			.max()
			.orElse(0);
	}

}
