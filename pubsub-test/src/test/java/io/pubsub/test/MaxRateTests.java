package io.pubsub.test;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.daemon.Rate;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Subscription.State;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the rate of a {@link ConsumerDaemon}.
 */
class MaxRateTests {

	private static final Rate TEN_A_SECOND = new Rate(10, ChronoUnit.SECONDS);

	private static final Rate THIRTY_A_MINUTE = new Rate(30, ChronoUnit.MINUTES);

	private final TestClock clock = new TestClock();

	private final Timekeeper time = this.clock.timekeeper();

	private final InMemoryQueue queue = new InMemoryQueue(this.clock);

	private final Worker worker = new Worker();

	private final ConsumerDaemon daemon = new ConsumerDaemon(
			this.queue.source(100, BackoffPolicy.fixed(Duration.ofHours(1))), this.worker, Duration.ZERO, this.time);

	@Test
	void handsOverByTheRate() {
		start(TEN_A_SECOND);
		send(100);
		assertThat(this.worker.times).hasSize(1);
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(this.worker.times).hasSize(51);
	}

	@Test
	void handsOverWhatComesAfterAQuietTimeByTheRateToo() {
		start(TEN_A_SECOND);
		this.clock.advance(Duration.ofMinutes(10));
		send(100);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.worker.times).hasSize(11);
	}

	@Test
	void handsOverLessThanOneASecond() {
		start(THIRTY_A_MINUTE);
		send(100);
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(this.worker.times.stream().map(Duration::toSeconds)).containsExactly(0L, 2L, 4L, 6L, 8L, 10L);
	}

	@Test
	void leavesOnTheQueueWhatMayNotBeHandledSoon() {
		start(THIRTY_A_MINUTE);
		send(100);
		this.worker.keepsWhatItHas = true;
		this.clock.advance(Duration.ofSeconds(11));
		assertThat(this.worker.times).hasSize(6);
		assertThat(this.daemon.inFlight()).isEqualTo(this.worker.kept.size());
	}

	@Test
	void changesTheRateWhileItRuns() {
		start(TEN_A_SECOND);
		send(100);
		this.clock.advance(Duration.ofSeconds(1));
		this.daemon.maxRate(THIRTY_A_MINUTE);
		this.worker.times.clear();
		this.clock.advance(Duration.ofSeconds(20));
		assertThat(this.worker.times).hasSizeBetween(10, 11);
		assertThat(this.daemon.maxRate()).isEqualTo(THIRTY_A_MINUTE);
	}

	@Test
	void handsOverAllWhenTheRateEnds() {
		start(THIRTY_A_MINUTE);
		send(100);
		this.daemon.maxRate(null);
		assertThat(this.worker.times).hasSize(100);
		assertThat(this.daemon.maxRate()).isNull();
	}

	@Test
	void keepsTheRateForItsNextStart() {
		start(TEN_A_SECOND);
		send(100);
		this.daemon.stop();
		this.clock.advance(Duration.ofSeconds(10));
		this.worker.times.clear();
		this.daemon.start();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.worker.times).hasSize(11);
	}

	@Test
	void countsWhatWasAtWorkBeforeThereWasARate() {
		this.worker.keepsWhatItHas = true;
		this.daemon.start();
		send(20);
		this.daemon.maxRate(TEN_A_SECOND);
		send(20);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.worker.times).hasSize(31);
	}

	@Test
	void isNotPausedWhileItWaitsForTheRate() {
		start(THIRTY_A_MINUTE);
		send(2);
		assertThat(this.daemon.state()).isEqualTo(State.RECEIVING);
		this.daemon.pause();
		assertThat(this.daemon.state()).isEqualTo(State.PAUSED);
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(this.worker.times).hasSize(1);
		this.daemon.resume();
		assertThat(this.worker.times).hasSize(2);
	}

	@Test
	void handsBackUntriedWhatWaitsWhenItStops() {
		start(THIRTY_A_MINUTE);
		send(2);
		this.clock.advance(Duration.ofMillis(1900));
		assertThat(this.daemon.inFlight()).isOne();
		this.daemon.stop();
		assertThat(this.queue.size()).isOne();
		this.clock.advance(Duration.ofSeconds(10));
		this.daemon.start();
		assertThat(this.worker.attempts).containsExactly(1, 1);
	}

	@Test
	void releasesWhatWasAskedForBeforeTheRateBecameLow() {
		FetchingSource source = new FetchingSource(this.time, Duration.ofMillis(100), 10);
		ConsumerDaemon other = new ConsumerDaemon(source, this.worker, Duration.ZERO, this.time);
		other.start();
		other.maxRate(THIRTY_A_MINUTE);
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(this.worker.times).hasSize(5);
		assertThat(source.delays.stream().map(Duration::toSeconds)).containsOnly(6L);
		assertThat(source.asked()).isLessThanOrEqualTo(14);
	}

	@Test
	void isNotBlockedBetweenTwoMessages() {
		start(TEN_A_SECOND);
		send(100);
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(this.worker.events).isEmpty();
	}

	@Test
	void isBlockedWhenNothingComesForAWhile() {
		start(THIRTY_A_MINUTE);
		send(100);
		this.clock.advance(Duration.ofMillis(1100));
		assertThat(this.worker.events).containsExactly("blocked");
		this.clock.advance(Duration.ofMillis(900));
		assertThat(this.worker.events).containsExactly("blocked", "unblocked");
	}

	@Test
	void isBlockedWhenItIsFullInSpiteOfTheRate() {
		this.worker.keepsWhatItHas = true;
		start(new Rate(1000, ChronoUnit.SECONDS));
		send(101);
		this.clock.advance(Duration.ofMillis(500));
		assertThat(this.worker.events).isEmpty();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.worker.events).containsExactly("blocked");
	}

	@Test
	void isBlockedAtOnceWithoutARate() {
		this.daemon.start();
		this.daemon.pause();
		assertThat(this.worker.events).containsExactly("blocked");
	}

	@Test
	void keepsTheOrder() {
		start(TEN_A_SECOND);
		List<String> sent = send(30);
		this.clock.advance(Duration.ofSeconds(3));
		assertThat(this.worker.ids).isEqualTo(sent);
	}

	private void start(Rate rate) {
		this.daemon.maxRate(rate);
		this.daemon.start();
	}

	private List<String> send(int number) {
		return IntStream.range(0, number).mapToObj((i) -> this.queue.send("{}")).collect(Collectors.toList());
	}

	private final class Worker implements Receiver {

		private final List<Duration> times = new ArrayList<>();

		private final List<Integer> attempts = new ArrayList<>();

		private final List<String> ids = new ArrayList<>();

		private final List<Delivery> kept = new ArrayList<>();

		private final List<String> events = new ArrayList<>();

		private boolean keepsWhatItHas;

		@Override
		public void receive(Delivery delivery) {
			this.times.add(Duration.ofNanos(MaxRateTests.this.time.nanos()));
			this.attempts.add(delivery.attempt());
			this.ids.add(delivery.message().id());
			Stream.of(delivery).filter((one) -> this.keepsWhatItHas).forEach(this.kept::add);
			Stream.of(delivery).filter((one) -> !this.keepsWhatItHas).forEach(Delivery::ack);
		}

		@Override
		public void blocked() {
			this.events.add("blocked");
		}

		@Override
		public void unblocked() {
			this.events.add("unblocked");
		}

	}

}
