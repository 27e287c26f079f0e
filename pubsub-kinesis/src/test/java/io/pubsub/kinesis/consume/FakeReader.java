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
 * A {@link StreamReader} of a stream in memory, which calls its processor as the library
 * would. Each reads one shard: the first that nobody reads.
 */
final class FakeReader implements StreamReader {

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final FakeShard shard;

	private final ShardRecordProcessorFactory processors;

	private final FakeLease.Owned lease;

	private volatile boolean graceful;

	private FakeReader(FakeShard shard, ShardRecordProcessorFactory processors) {
		this.shard = shard;
		this.processors = processors;
		this.lease = shard.lease().take();
	}

	@Override
	public void run() {
		ShardRecordProcessor processor = this.processors.shardRecordProcessor();
		FakeCheckpointer checkpointer = new FakeCheckpointer(this.lease, this.shard.lease().checkpoint());
		processor.initialize(InitializationInput.builder()
			.shardId(this.shard.id())
			.extendedSequenceNumber(checkpointer.last())
			.build());
		int next = this.shard.after(checkpointer);
		while (!isStopped()) {
			List<KinesisClientRecord> records = this.shard.from(next);
			next += records.size();
			checkpointer.given(records);
			processor.processRecords(ProcessRecordsInput.builder().records(records).checkpointer(checkpointer).build());
		}
		if (this.graceful) {
			processor.shutdownRequested(ShutdownRequestedInput.builder().checkpointer(checkpointer).build());
		}
		processor.leaseLost(LeaseLostInput.builder().build());
		this.lease.release();
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
	 * The stream, of two shards: the first has as many records as the test says, and the
	 * second all others.
	 */
	static final class Stream implements Factory {

		private final FakeShard first = new FakeShard("shard-1", new FakeLease(), new CopyOnWriteArrayList<>());

		private final FakeShard second = new FakeShard("shard-2", new FakeLease(), new CopyOnWriteArrayList<>());

		private final int mostOfFirst;

		Stream() {
			this(Integer.MAX_VALUE);
		}

		Stream(int mostOfFirst) {
			this.mostOfFirst = mostOfFirst;
		}

		void put(String body) {
			((this.first.records().size() < this.mostOfFirst) ? this.first : this.second).put(body);
		}

		FakeLease lease() {
			return this.first.lease();
		}

		@Override
		public StreamReader create(ShardRecordProcessorFactory processors) {
			return new FakeReader(this.first.lease().isFree() ? this.first : this.second, processors);
		}

	}

	/**
	 * A shard of the stream.
	 *
	 * @param id its id
	 * @param lease its lease
	 * @param records its records
	 */
	private record FakeShard(String id, FakeLease lease, List<KinesisClientRecord> records) {

		void put(String body) {
			this.records.add(KinesisClientRecord.builder()
				.sequenceNumber(Integer.toString(this.records.size() + 1))
				.partitionKey(UUID.randomUUID().toString())
				.data(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))
				.build());
		}

		int after(FakeCheckpointer checkpointer) {
			return (int) this.records.stream()
				.filter((record) -> FakeCheckpointer.numberOf(record).compareTo(checkpointer.last()) <= 0)
				.count();
		}

		List<KinesisClientRecord> from(int next) {
			return List.copyOf(this.records.subList(next, this.records.size()));
		}

	}

}
