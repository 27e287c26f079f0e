package io.pubsub.kinesis.consume;

import java.math.BigInteger;
import java.util.Comparator;

import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * The place of a record in its shard. Sequence numbers are compared as the numbers they
 * are: as text, a longer one could come before a shorter one.
 *
 * @param sequence the sequence number
 * @param subSequence the number within an aggregated record; 0 if it is none
 */
record Position(BigInteger sequence, long subSequence) implements Comparable<Position> {

	private static final Comparator<Position> ORDER = Comparator.comparing(Position::sequence)
		.thenComparingLong(Position::subSequence);

	static Position of(KinesisClientRecord record) {
		return new Position(new BigInteger(record.sequenceNumber()), record.subSequenceNumber());
	}

	@Override
	public int compareTo(Position other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.sequence + ":" + this.subSequence;
	}

}
