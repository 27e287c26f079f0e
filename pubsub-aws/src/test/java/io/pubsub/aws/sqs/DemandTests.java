package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;

import io.pubsub.aws.sqs.Demand.Ask;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Demand}.
 */
class DemandTests {

	private static final int MEBIBYTE = 1_048_576;

	private static final long NANOS = Duration.ofMillis(5).toNanos();

	@Test
	void asksForNoMoreThanThereIsRoomFor() {
		Demand demand = new Demand(10, 160, 25 * MEBIBYTE);
		receive(demand, 10, 10 * MEBIBYTE);
		workOff(demand, 10);
		receive(demand, 10, 10 * MEBIBYTE);
		receive(demand, 10, 10 * MEBIBYTE);
		assertThat(demand.next()).isEqualTo(new Ask(5, true));
		assertThat(demand.next()).isNull();
	}

	@Test
	void asksForOneMessageThatThereIsNoRoomFor() {
		Demand demand = new Demand(10, 160, 1_000);
		receive(demand, 10, 10 * MEBIBYTE);
		workOff(demand, 10);
		assertThat(demand.next()).isEqualTo(new Ask(1, true));
		assertThat(demand.isCramped()).isTrue();
	}

	@Test
	void asksForMoreAgainWhenMessagesBecomeSmaller() {
		Demand demand = new Demand(10, 0, 10_000);
		receive(demand, 10, 20_000);
		workOff(demand, 10);
		assertThat(demand.isCramped()).isTrue();
		IntStream.range(0, 30).forEach((receive) -> {
			receive(demand, 5, 500);
			workOff(demand, 5);
		});
		assertThat(demand.next()).isEqualTo(new Ask(10, true));
	}

	@Test
	void looksOnlyAtTheNumberWhenThereIsRoomForAll() {
		Demand demand = new Demand(10, 0, Long.MAX_VALUE);
		receive(demand, 10, 10 * MEBIBYTE);
		assertThat(demand.isCramped()).isFalse();
	}

	private static void receive(Demand demand, int messages, long size) {
		demand.answered(Objects.requireNonNull(demand.next()), messages, size, NANOS);
	}

	private static void workOff(Demand demand, int messages) {
		IntStream.range(0, messages).forEach((message) -> demand.released(1));
	}

}
