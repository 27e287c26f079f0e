package io.pubsub.kinesis.consume;

import java.util.List;
import java.util.Objects;

import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.kinesis.exceptions.KinesisClientLibDependencyException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.exceptions.ThrottlingException;
import software.amazon.kinesis.processor.Checkpointer;
import software.amazon.kinesis.processor.PreparedCheckpointer;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

/**
 * A {@link RecordProcessorCheckpointer} that refuses what that of the library refuses: a
 * checkpoint without the lease, one that goes back, and one beyond what the processor was
 * given. It fails on all calls that do not say which checkpoint is meant.
 */
final class FakeCheckpointer implements RecordProcessorCheckpointer {

	private final FakeLease.Owned lease;

	private boolean forgotten;

	private ExtendedSequenceNumber last;

	private ExtendedSequenceNumber permitted;

	private ExtendedSequenceNumber beforeEnd = ExtendedSequenceNumber.SHARD_END;

	/**
	 * Makes a checkpointer.
	 * @param lease the lease
	 * @param last the checkpoint with which it was taken
	 */
	FakeCheckpointer(FakeLease.Owned lease, ExtendedSequenceNumber last) {
		this.lease = lease;
		this.last = last;
		this.permitted = last;
	}

	/**
	 * The processor is given records.
	 * @param records the records
	 */
	void given(List<KinesisClientRecord> records) {
		records.stream().filter(Objects::nonNull).map(FakeCheckpointer::numberOf).forEach((number) -> {
			if (number.compareTo(this.permitted) > 0) {
				this.permitted = number;
			}
		});
	}

	/**
	 * The processor is told that the shard has ended.
	 */
	void ended() {
		this.beforeEnd = this.permitted;
		this.permitted = ExtendedSequenceNumber.SHARD_END;
	}

	/**
	 * The lease is lost, and only this checkpointer knows it.
	 */
	void forgetLease() {
		this.forgotten = true;
	}

	boolean hasEnd() {
		return this.last.isShardEnd();
	}

	ExtendedSequenceNumber last() {
		return this.last;
	}

	static ExtendedSequenceNumber numberOf(KinesisClientRecord record) {
		return new ExtendedSequenceNumber(record.sequenceNumber(), record.subSequenceNumber());
	}

	@Override
	public void checkpoint(String sequenceNumber, long subSequenceNumber)
			throws KinesisClientLibDependencyException, ThrottlingException, ShutdownException {
		ExtendedSequenceNumber checkpoint = new ExtendedSequenceNumber(sequenceNumber, subSequenceNumber);
		if (checkpoint.compareTo(this.last) < 0 || checkpoint.compareTo(this.permitted) > 0) {
			throw new IllegalArgumentException(
					"%s is not from %s to %s".formatted(checkpoint, this.last, this.permitted));
		}
		if (checkpoint.equals(this.last)) {
			return;
		}
		if (this.forgotten || !this.lease.isHeld()) {
			throw new ShutdownException("expected");
		}
		ExtendedSequenceNumber written = checkpoint.equals(this.beforeEnd) ? ExtendedSequenceNumber.SHARD_END
				: checkpoint;
		this.lease.write(written);
		this.last = written;
	}

	@Override
	public void checkpoint() {
		throw unexpected();
	}

	@Override
	public void checkpoint(Record record) {
		throw unexpected();
	}

	@Override
	public void checkpoint(String sequenceNumber) {
		throw unexpected();
	}

	@Override
	public PreparedCheckpointer prepareCheckpoint() {
		throw unexpected();
	}

	@Override
	public PreparedCheckpointer prepareCheckpoint(byte[] applicationState) {
		throw unexpected();
	}

	@Override
	public PreparedCheckpointer prepareCheckpoint(Record record) {
		throw unexpected();
	}

	@Override
	public PreparedCheckpointer prepareCheckpoint(Record record, byte[] applicationState) {
		throw unexpected();
	}

	@Override
	public PreparedCheckpointer prepareCheckpoint(String sequenceNumber) {
		throw unexpected();
	}

	@Override
	public PreparedCheckpointer prepareCheckpoint(String sequenceNumber, byte[] applicationState) {
		throw unexpected();
	}

	@Override
	public PreparedCheckpointer prepareCheckpoint(String sequenceNumber, long subSequenceNumber) {
		throw unexpected();
	}

	@Override
	public PreparedCheckpointer prepareCheckpoint(String sequenceNumber, long subSequenceNumber,
			byte[] applicationState) {
		throw unexpected();
	}

	@Override
	public Checkpointer checkpointer() {
		throw unexpected();
	}

	// No exception of the library: it must not be taken for one.
	private static AssertionError unexpected() {
		return new AssertionError("a checkpoint must be named by its two numbers");
	}

}
