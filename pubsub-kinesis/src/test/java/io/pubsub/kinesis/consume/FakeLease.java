package io.pubsub.kinesis.consume;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * The lease of a shard and the checkpoint in it, as the table has them: what all workers
 * know of.
 */
final class FakeLease {

	private final List<ExtendedSequenceNumber> checkpoints = new ArrayList<>();

	private int owner;

	private boolean free = true;

	private boolean wanted;

	private @Nullable Long until;

	private int throttled;

	private boolean unreachable;

	/**
	 * Takes the lease, whoever has it.
	 * @return the lease as the new owner sees it
	 */
	synchronized Owned take() {
		this.free = false;
		this.wanted = false;
		this.until = null;
		return new Owned(++this.owner);
	}

	synchronized void lose() {
		this.owner++;
	}

	/**
	 * Whether nobody has the lease, as nobody has taken it, or its owner has given it
	 * back.
	 */
	synchronized boolean isFree() {
		return this.free;
	}

	synchronized void want() {
		this.wanted = true;
	}

	synchronized void expireAt(long nanos) {
		this.until = nanos;
	}

	synchronized void throttle(int times) {
		this.throttled = times;
	}

	synchronized void unreachable(boolean unreachable) {
		this.unreachable = unreachable;
	}

	synchronized ExtendedSequenceNumber checkpoint() {
		return this.checkpoints.isEmpty() ? ExtendedSequenceNumber.TRIM_HORIZON
				: this.checkpoints.get(this.checkpoints.size() - 1);
	}

	/**
	 * All checkpoints that were written, as {@code number:subnumber}, or
	 * {@code SHARD_END}.
	 */
	synchronized List<String> checkpoints() {
		return this.checkpoints.stream()
			.map((number) -> number.isShardEnd() ? number.sequenceNumber()
					: number.sequenceNumber() + ":" + number.subSequenceNumber())
			.toList();
	}

	/**
	 * The lease as one of its owners sees it.
	 */
	final class Owned implements ShardLease {

		private final int token;

		private Owned(int token) {
			this.token = token;
		}

		boolean isHeld() {
			synchronized (FakeLease.this) {
				return this.token == FakeLease.this.owner;
			}
		}

		void release() {
			synchronized (FakeLease.this) {
				FakeLease.this.free |= isHeld();
			}
		}

		@Override
		public @Nullable Hold look() {
			synchronized (FakeLease.this) {
				Long until = FakeLease.this.until;
				return isHeld() ? new Hold((until != null) ? until : Long.MAX_VALUE, FakeLease.this.wanted) : null;
			}
		}

		void write(ExtendedSequenceNumber checkpoint) throws ThrottlingException, KinesisClientLibDependencyException {
			synchronized (FakeLease.this) {
				if (FakeLease.this.throttled > 0) {
					FakeLease.this.throttled--;
					throw new ThrottlingException("expected");
				}
				if (FakeLease.this.unreachable) {
					throw new KinesisClientLibDependencyException("expected");
				}
				FakeLease.this.checkpoints.add(checkpoint);
			}
		}

	}

}
