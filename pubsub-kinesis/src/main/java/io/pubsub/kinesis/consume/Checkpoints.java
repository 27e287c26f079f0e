package io.pubsub.kinesis.consume;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * What was received from a shard, and the highest position up to and including which all
 * of it is settled: a checkpoint says that nothing up to there is needed any more, so it
 * must never cover a record that is not settled.
 * <p>
 * Not safe for use by many threads.
 */
final class Checkpoints {

	private final Deque<Mark> open = new ArrayDeque<>();

	private @Nullable Position latest;

	private @Nullable Checkpoint next;

	private long received;

	private long covered;

	private long taken;

	/**
	 * Takes note of a record.
	 * @param position its place
	 * @return the mark of the record, to be settled; {@code null} if it was received
	 * before, as it may be when the shard is read again from an earlier place
	 */
	@Nullable Mark received(Position position) {
		if (this.latest != null && position.compareTo(this.latest) <= 0) {
			return null;
		}
		this.latest = position;
		this.received++;
		Mark mark = new Mark(position);
		this.open.addLast(mark);
		return mark;
	}

	/**
	 * Settles a record: it is not needed any more.
	 * @param mark its mark
	 */
	void settled(Mark mark) {
		mark.settled = true;
		for (Mark first = this.open.peekFirst(); first != null && first.settled; first = this.open.peekFirst()) {
			this.open.removeFirst();
			this.covered++;
			this.next = new Checkpoint(first.position, this.covered);
		}
	}

	/**
	 * The next checkpoint.
	 * @return the highest position up to and including which all is settled; {@code null}
	 * if that was {@linkplain #taken taken} already
	 */
	@Nullable Checkpoint next() {
		return this.next;
	}

	/**
	 * Takes note that a checkpoint was taken.
	 * @param checkpoint the checkpoint
	 */
	void taken(Checkpoint checkpoint) {
		this.taken = checkpoint.count();
		if (checkpoint.equals(this.next)) {
			this.next = null;
		}
	}

	/**
	 * The number of records that a checkpoint could not cover yet.
	 * @return the number of records from the first that is not settled to the latest
	 */
	int open() {
		return this.open.size();
	}

	/**
	 * The number of records that would come again if the process ended now.
	 * @return the number of records that are received and not covered by a checkpoint
	 */
	long untaken() {
		return this.received - this.taken;
	}

	/**
	 * A record that was received.
	 */
	static final class Mark {

		private final Position position;

		private boolean settled;

		private Mark(Position position) {
			this.position = position;
		}

	}

	/**
	 * A checkpoint that can be taken.
	 *
	 * @param position its position
	 * @param count the number of records that it covers, of all that were received
	 */
	record Checkpoint(Position position, long count) {

	}

}
