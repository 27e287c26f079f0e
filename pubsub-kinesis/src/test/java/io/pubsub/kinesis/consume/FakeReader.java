package io.pubsub.kinesis.consume;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.ShardRecordProcessorFactory;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * A {@link StreamReader} of a stream with one shard in memory, which calls its processor
 * as the library would. A new one takes the lease.
 */
final class FakeReader implements StreamReader {

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final Stream stream;

	private final ShardRecordProcessorFactory processors;

	private final FakeLease.Owned lease;

	private volatile boolean graceful;

	private FakeReader(Stream stream, ShardRecordProcessorFactory processors) {
		this.stream = stream;
		this.processors = processors;
		this.lease = stream.lease.take();
	}

	@Override
	public void run() {
		ShardRecordProcessor processor = this.processors.shardRecordProcessor();
		FakeCheckpointer checkpointer = new FakeCheckpointer(this.lease, this.stream.lease.checkpoint());
		processor.initialize(
				InitializationInput.builder().shardId("shard-1").extendedSequenceNumber(checkpointer.last()).build());
		int next = this.stream.after(checkpointer);
		while (!isStopped()) {
			List<KinesisClientRecord> records = this.stream.from(next);
			next += records.size();
			checkpointer.given(records);
			processor.processRecords(ProcessRecordsInput.builder().records(records).checkpointer(checkpointer).build());
		}
		if (this.graceful) {
			processor.shutdownRequested(ShutdownRequestedInput.builder().checkpointer(checkpointer).build());
		}
		processor.leaseLost(LeaseLostInput.builder().build());
		this.ended.complete(null);
	}

	private boolean isStopped() {
		try {
			return !this.lease.isHeld() || this.stopped.await(10, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			return true;
		}
	}

	@Override
	public ShardLease lease(String shard) {
		return this.lease;
	}

	@Override
	public CompletableFuture<?> stopGracefully() {
		this.graceful = true;
		this.stopped.countDown();
		return this.ended;
	}

	@Override
	public void stop() {
		this.stopped.countDown();
	}

	/**
	 * The stream.
	 */
	static final class Stream implements Factory {

		private final FakeLease lease = new FakeLease();

		private final List<KinesisClientRecord> records = new CopyOnWriteArrayList<>();

		void put(String body) {
			this.records.add(KinesisClientRecord.builder()
				.sequenceNumber(Integer.toString(this.records.size() + 1))
				.partitionKey(UUID.randomUUID().toString())
				.data(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))
				.build());
		}

		FakeLease lease() {
			return this.lease;
		}

		private int after(FakeCheckpointer checkpointer) {
			return (int) this.records.stream()
				.filter((record) -> FakeCheckpointer.numberOf(record).compareTo(checkpointer.last()) <= 0)
				.count();
		}

		private List<KinesisClientRecord> from(int next) {
			return List.copyOf(this.records.subList(next, this.records.size()));
		}

		@Override
		public StreamReader create(ShardRecordProcessorFactory processors) {
			return new FakeReader(this, processors);
		}

	}

}
