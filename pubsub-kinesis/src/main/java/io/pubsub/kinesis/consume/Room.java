package io.pubsub.kinesis.consume;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.internal.BlockedSignal;
import io.pubsub.transport.internal.Pump;
import org.jspecify.annotations.Nullable;

/**
 * The slots for the records of all shards that are handed over and not settled, and the
 * queue of those that wait for one.
 * <p>
 * Safe for use by many threads.
 */
final class Room {

	private final Pump pump = new Pump(this::handOver);

	@GuardedBy("this")
	private final Queue<StreamRecord> ready = new ArrayDeque<>();

	private final int prefetch;

	@GuardedBy("this")
	private int concurrency;

	@GuardedBy("this")
	private int limit;

	@GuardedBy("this")
	private int used;

	private final Receiver receiver;

	private final BlockedSignal blocked;

	/**
	 * Makes a room without records.
	 * @param receiver the receiver of the records
	 * @param concurrency the number of records that the receiver works on at once
	 * @param prefetch the number of further slots
	 * @param limit the largest number that whoever runs the source wants, 0 for a pause
	 * @param blocking whether records wait that no free slot helps, so that nothing comes
	 * until something is settled
	 */
	Room(Receiver receiver, int concurrency, int prefetch, int limit, BooleanSupplier blocking) {
		this.receiver = receiver;
		this.concurrency = concurrency;
		this.prefetch = prefetch;
		this.limit = limit;
		this.blocked = new BlockedSignal(receiver, () -> isFull() || blocking.getAsBoolean());
	}

	/**
	 * Hands a record over as soon as there is a slot for it.
	 * @param record the record, whose turn it is among those of its key
	 */
	void add(StreamRecord record) {
		synchronized (this) {
			this.ready.add(record);
		}
		changed();
	}

	/**
	 * Gives a slot back. Call {@link #changed()} afterwards.
	 */
	synchronized void release() {
		this.used--;
	}

	/**
	 * Does what has become possible by a change of this or of a shard.
	 */
	void changed() {
		this.pump.run();
	}

	private void handOver() {
		for (StreamRecord record = next(); record != null; record = next()) {
			if (!record.handOver(this.receiver)) {
				release();
			}
		}
		this.blocked.changed();
	}

	private synchronized @Nullable StreamRecord next() {
		StreamRecord next = isFull() ? null : this.ready.poll();
		if (next != null) {
			this.used++;
		}
		return next;
	}

	private synchronized boolean isFull() {
		return this.used >= Math.min(this.concurrency + this.prefetch, this.limit);
	}

	synchronized boolean isPaused() {
		return this.limit == 0;
	}

	synchronized int used() {
		return this.used;
	}

	void concurrency(int concurrency) {
		synchronized (this) {
			this.concurrency = concurrency;
		}
		changed();
	}

	void limit(int limit) {
		synchronized (this) {
			this.limit = limit;
		}
		changed();
	}

}
