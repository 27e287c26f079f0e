package io.pubsub.kinesis.consume;

import java.math.BigInteger;
import java.util.Objects;

import io.pubsub.kinesis.consume.Checkpoints.Checkpoint;
import io.pubsub.kinesis.consume.Checkpoints.Mark;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Checkpoints}.
 */
class CheckpointsTests {

	private final Checkpoints checkpoints = new Checkpoints();

	@Test
	void hasNoneBeforeAnythingIsSettled() {
		received("1", 0);
		assertThat(this.checkpoints.next()).isNull();
		assertThat(this.checkpoints.open()).isOne();
	}

	@Test
	void isTheHighestUpToWhichAllIsSettled() {
		Mark first = received("1", 0);
		Mark second = received("2", 0);
		Mark third = received("3", 0);
		this.checkpoints.settled(third);
		assertThat(this.checkpoints.next()).isNull();
		this.checkpoints.settled(first);
		assertThat(this.checkpoints.next()).isEqualTo(new Checkpoint(position("1", 0), 1));
		this.checkpoints.settled(second);
		assertThat(this.checkpoints.next()).isEqualTo(new Checkpoint(position("3", 0), 3));
		assertThat(this.checkpoints.open()).isZero();
	}

	@Test
	void comparesSequenceNumbersAsNumbers() {
		received("99", 0);
		assertThat(this.checkpoints.received(position("100", 0))).isNotNull();
		assertThat(this.checkpoints.received(position("99", 0))).isNull();
	}

	@Test
	void tellsTheRecordsWithinAnAggregatedOneApart() {
		Mark first = received("1", 0);
		received("1", 1);
		received("1", 10);
		assertThat(this.checkpoints.received(position("1", 9))).isNull();
		this.checkpoints.settled(first);
		assertThat(this.checkpoints.next()).isEqualTo(new Checkpoint(position("1", 0), 1));
	}

	@Test
	void ignoresWhatComesAgain() {
		Mark first = received("1", 0);
		received("2", 0);
		this.checkpoints.settled(first);
		assertThat(this.checkpoints.received(position("1", 0))).isNull();
		assertThat(this.checkpoints.received(position("2", 0))).isNull();
		assertThat(this.checkpoints.open()).isOne();
	}

	@Test
	void hasNoneAfterItWasTaken() {
		this.checkpoints.settled(received("1", 0));
		this.checkpoints.taken(Objects.requireNonNull(this.checkpoints.next()));
		assertThat(this.checkpoints.next()).isNull();
	}

	@Test
	void hasAnotherOneThatWasSettledWhileTheLastWasTaken() {
		this.checkpoints.settled(received("1", 0));
		Checkpoint taken = Objects.requireNonNull(this.checkpoints.next());
		this.checkpoints.settled(received("2", 0));
		this.checkpoints.taken(taken);
		assertThat(this.checkpoints.next()).isEqualTo(new Checkpoint(position("2", 0), 2));
		assertThat(this.checkpoints.untaken()).isOne();
	}

	@Test
	void countsWhatWouldComeAgain() {
		this.checkpoints.settled(received("1", 0));
		received("2", 0);
		assertThat(this.checkpoints.untaken()).isEqualTo(2);
		this.checkpoints.taken(Objects.requireNonNull(this.checkpoints.next()));
		assertThat(this.checkpoints.untaken()).isOne();
	}

	private Mark received(String sequence, long subSequence) {
		return Objects.requireNonNull(this.checkpoints.received(position(sequence, subSequence)));
	}

	private static Position position(String sequence, long subSequence) {
		return new Position(new BigInteger(sequence), subSequence);
	}

}
