package io.pubsub.kinesis.consume;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.internal.GroupLanes;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * A shard whose lease is ours: its records that are received and not settled, from the
 * first lease until it is closed or lost. One record of a key is handed over at a time.
 * <p>
 * Safe for use by many threads. Records are received by one.
 */
final class Shard {

	private static final Logger logger = LoggerFactory.getLogger(KinesisSource.class);

	// A shorter failure is no reason to say that the shard waits.
	private static final Duration LONG = Duration.ofMinutes(1);

	private final GroupLanes<StreamRecord> lanes = new GroupLanes<>();

	private final Set<TrackedDelivery> open = ConcurrentHashMap.newKeySet();

	private final Set<StreamRecord> failing = ConcurrentHashMap.newKeySet();

	@GuardedBy("this")
	private final Checkpoints checkpoints = new Checkpoints();

	// Those that have their turn, and wait for a slot.
	@GuardedBy("this")
	private int ready;

	// Those that wait behind another one of their key.
	@GuardedBy("this")
	private int behind;

	@GuardedBy("this")
	private boolean waiting;

	@GuardedBy("this")
	private boolean closed;

	@GuardedBy("this")
	private boolean lost;

	private final String id;

	private final ShardLease lease;

	private final int mostOpen;

	private final RetryRules rules;

	private final Room room;

	private final Timekeeper time;

	private volatile long heldUntil;

	private volatile long millisBehindLatest;

	/**
	 * Makes a shard without records.
	 * @param id the id of the shard
	 * @param lease its lease
	 * @param mostOpen the number of records, from the first that is not settled to the
	 * latest, at which no more are received
	 * @param rules the rules for trying again
	 * @param room the room for what is handed over
	 * @param time the time
	 */
	Shard(String id, ShardLease lease, int mostOpen, RetryRules rules, Room room, Timekeeper time) {
		this.id = id;
		this.lease = lease;
		this.mostOpen = mostOpen;
		this.rules = rules;
		this.room = room;
		this.time = time;
		this.heldUntil = time.nanos();
	}

	String id() {
		return this.id;
	}

	RetryRules rules() {
		return this.rules;
	}

	long nanos() {
		return this.time.nanos();
	}

	/**
	 * Takes over a record. One that comes again, because the shard is read again from an
	 * earlier place, is here already.
	 * @param received the record
	 */
	void receive(KinesisClientRecord received) {
		StreamRecord record = enter(received);
		if (record != null) {
			this.room.add(record);
		}
	}

	private synchronized @Nullable StreamRecord enter(KinesisClientRecord received) {
		Checkpoints.Mark mark = this.closed ? null : this.checkpoints.received(Position.of(received));
		if (mark == null) {
			return null;
		}
		StreamRecord record = new StreamRecord(RecordReader.read(this.id, received), mark, this);
		if (!this.lanes.enter(record.key(), record)) {
			this.behind++;
			return null;
		}
		this.ready++;
		return record;
	}

	/**
	 * Whether one more record can be received.
	 * @return {@code false} if it must wait until something changes
	 */
	synchronized boolean hasRoom() {
		return this.ready == 0 && this.checkpoints.open() < this.mostOpen;
	}

	/**
	 * Waits until something holds, or for a while.
	 * @param condition the condition, of this shard
	 * @param longest the longest time to wait, by the clock of the system
	 * @throws InterruptedException if the thread is interrupted
	 */
	@SuppressWarnings("WaitNotInLoop") // the caller looks again
	void await(BooleanSupplier condition, Duration longest) throws InterruptedException {
		waiting(true);
		try {
			synchronized (this) {
				if (!condition.getAsBoolean()) {
					wait(longest.toMillis());
				}
			}
		}
		finally {
			waiting(false);
		}
	}

	private void waiting(boolean waiting) {
		synchronized (this) {
			this.waiting = waiting;
		}
		this.room.changed();
	}

	/**
	 * Whether records wait that no free slot helps.
	 * @return {@code true} if so at this moment
	 */
	synchronized boolean isBlocking() {
		return !this.closed && (this.behind > 0 || this.waiting);
	}

	/**
	 * Whether the shard waits for records that keep failing: it can receive no more, or
	 * it is not for a moment only.
	 * @return {@code true} if so at this moment
	 */
	boolean isHeldUp() {
		return !isClosed() && !this.failing.isEmpty()
				&& (isFull() || this.failing.stream().anyMatch((record) -> record.failingFor().compareTo(LONG) >= 0));
	}

	private synchronized boolean isFull() {
		return this.checkpoints.open() >= this.mostOpen;
	}

	boolean open(TrackedDelivery delivery) {
		synchronized (this) {
			this.ready--;
			if (this.closed) {
				return false;
			}
			this.open.add(delivery);
			notifyAll();
			return true;
		}
	}

	void acknowledged(StreamRecord record, TrackedDelivery delivery) {
		this.failing.remove(record);
		StreamRecord next = settle(record, delivery);
		delivery.complete(Settlement.ACKED);
		if (next != null) {
			this.room.add(next);
		}
		this.room.changed();
	}

	private synchronized @Nullable StreamRecord settle(StreamRecord record, TrackedDelivery delivery) {
		leave(delivery);
		this.checkpoints.settled(record.mark());
		StreamRecord next = this.lanes.leave(record.key(), record);
		if (next != null) {
			this.behind--;
			this.ready++;
		}
		return next;
	}

	void handedBack(StreamRecord record, TrackedDelivery delivery, Duration delay) {
		this.failing.add(record);
		leave(delivery);
		delivery.complete(Settlement.NACKED);
		tryAgain(record, delay);
		this.room.changed();
	}

	void abandoned(StreamRecord record, TrackedDelivery delivery, Duration delay) {
		this.failing.add(record);
		this.open.remove(delivery);
		tryAgain(record, delay);
	}

	private void tryAgain(StreamRecord record, Duration delay) {
		if (delay.isZero()) {
			ready(record);
		}
		else {
			this.time.after(delay, () -> ready(record));
		}
	}

	private void ready(StreamRecord record) {
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.ready++;
		}
		this.room.add(record);
	}

	private synchronized void leave(TrackedDelivery delivery) {
		this.open.remove(delivery);
		this.room.release();
		notifyAll();
	}

	/**
	 * The work on a record that was lost has ended.
	 */
	void refused() {
		this.room.release();
		this.room.changed();
	}

	/**
	 * Whether nothing that was handed over is left to be settled.
	 * @return {@code true} if so at this moment
	 */
	boolean isDrained() {
		return this.open.isEmpty();
	}

	/**
	 * Whether all that was received is settled.
	 * @return {@code true} if so at this moment
	 */
	synchronized boolean isEmpty() {
		return this.checkpoints.open() == 0;
	}

	synchronized Checkpoints.@Nullable Checkpoint checkpoint() {
		return this.lost ? null : this.checkpoints.next();
	}

	synchronized void taken(Checkpoints.Checkpoint checkpoint) {
		this.checkpoints.taken(checkpoint);
	}

	/**
	 * Looks at the lease: another worker may have it, or want it.
	 */
	void look() {
		ShardLease.Hold hold = this.lease.look();
		if (hold == null || this.time.nanos() - hold.until() > 0) {
			lose();
			return;
		}
		this.heldUntil = hold.until();
		if (hold.wanted()) {
			close();
		}
	}

	/**
	 * Loses what is here if the lease has ended since it was last looked at, as it may
	 * while the process stands still.
	 */
	void checkHold() {
		if (!isLost() && this.time.nanos() - this.heldUntil > 0) {
			look();
		}
	}

	/**
	 * Receives and hands over nothing more, and takes back what nobody has begun. What
	 * has been begun can still be settled.
	 */
	void close() {
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.closed = true;
			this.failing.clear();
			notifyAll();
		}
		this.open.forEach(this::takeBack);
		this.room.changed();
	}

	private void takeBack(TrackedDelivery delivery) {
		if (delivery.takeBack()) {
			leave(delivery);
			delivery.complete(Settlement.NACKED);
		}
	}

	/**
	 * Loses what is here: somebody else has the shard, or will have it.
	 */
	void lose() {
		synchronized (this) {
			if (this.lost) {
				return;
			}
			this.lost = true;
		}
		close();
		this.open.forEach(this::lose);
	}

	private void lose(TrackedDelivery delivery) {
		if (delivery.lose()) {
			synchronized (this) {
				this.open.remove(delivery);
				notifyAll();
			}
			logger.warn("Gave up message {} while it was worked on: shard {} is not ours any more",
					LogText.of(delivery.message().id()), this.id);
		}
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	synchronized boolean isLost() {
		return this.lost;
	}

	/**
	 * The number of records that would come again if the process ended now.
	 * @return the number at this moment
	 */
	synchronized long uncheckpointed() {
		return this.checkpoints.untaken();
	}

	long millisBehindLatest() {
		return this.millisBehindLatest;
	}

	void millisBehindLatest(long millis) {
		this.millisBehindLatest = millis;
	}

}
