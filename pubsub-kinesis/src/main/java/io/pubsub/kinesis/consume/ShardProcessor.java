package io.pubsub.kinesis.consume;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * What the Kinesis Client Library calls for a shard, one call at a time: it passes the
 * records on, and writes checkpoints in between.
 * <p>
 * The library tells of a lost lease and of its stop only between two calls, so whatever
 * waits here looks for both again and again. It must never throw: the library would skip
 * the records.
 */
final class ShardProcessor implements ShardRecordProcessor {

	private static final Logger logger = LoggerFactory.getLogger(KinesisSource.class);

	private static final Duration SLICE = Duration.ofMillis(200);

	// The time for a last checkpoint when the drain has used up its own.
	private static final Duration SHORTEST_FLUSH = Duration.ofSeconds(2);

	private final Shards shards;

	private final Function<String, ShardLease> leases;

	private final Timekeeper time;

	private @Nullable Shard shard;

	private @Nullable CheckpointWriter checkpoints;

	/**
	 * Makes a processor of a shard that it is told of later.
	 * @param shards the shards, with the new one
	 * @param leases the leases by shard
	 * @param time the time
	 */
	ShardProcessor(Shards shards, Function<String, ShardLease> leases, Timekeeper time) {
		this.shards = shards;
		this.leases = leases;
		this.time = time;
	}

	@Override
	public void initialize(InitializationInput input) {
		Shard opened = this.shards.open(input.shardId(), this.leases.apply(input.shardId()));
		this.shard = opened;
		this.checkpoints = new CheckpointWriter(opened, this.time);
		logger.info("Receiving from shard {}, after checkpoint {}", input.shardId(), input.extendedSequenceNumber());
	}

	@Override
	public void processRecords(ProcessRecordsInput input) {
		Shard shard = shard();
		try {
			receive(shard, input);
		}
		catch (InterruptedException ex) {
			// What was not received is left to whoever reads the shard after us.
			shard.close();
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException | Error ex) {
			shard.close();
			logger
				.error("Receiving from shard {} failed: nothing of it is handed over until its lease is taken anew, by"
						+ " another worker or after a restart", shard.id(), ex);
		}
	}

	private void receive(Shard shard, ProcessRecordsInput input) throws InterruptedException {
		shard.look();
		Long behind = input.millisBehindLatest();
		shard.millisBehindLatest((behind != null) ? behind : 0);
		for (KinesisClientRecord record : input.records()) {
			awaitAtWork(shard, shard::hasRoom, input.checkpointer());
			if (shard.isClosed()) {
				return;
			}
			shard.receive(record);
		}
		checkpoints().writeIfDue(input.checkpointer());
	}

	// Until the shard is closed, at the latest.
	private void awaitAtWork(Shard shard, BooleanSupplier condition, RecordProcessorCheckpointer checkpointer)
			throws InterruptedException {
		while (!condition.getAsBoolean() && !shard.isClosed()) {
			shard.await(() -> condition.getAsBoolean() || shard.isClosed(), SLICE);
			shard.look();
			checkpoints().writeIfDue(checkpointer);
		}
	}

	@Override
	public void leaseLost(LeaseLostInput input) {
		logger.info("Not receiving from shard {} any more", shard().id());
		shard().lose();
		this.shards.close(shard());
	}

	@Override
	public void shardEnded(ShardEndedInput input) {
		Shard shard = shard();
		try {
			awaitAtWork(shard, shard::isEmpty, input.checkpointer());
			if (!shard.isEmpty()) {
				drain(shard, input.checkpointer());
			}
			while (shard.isEmpty() && !shard.isLost() && !checkpoints().writeEnd(input.checkpointer())) {
				shard.await(shard::isLost, CheckpointWriter.INTERVAL);
			}
		}
		catch (InterruptedException ex) {
			shard.close();
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void shutdownRequested(ShutdownRequestedInput input) {
		Shard shard = shard();
		shard.close();
		try {
			drain(shard, input.checkpointer());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			shard.lose();
		}
	}

	private void drain(Shard shard, RecordProcessorCheckpointer checkpointer) throws InterruptedException {
		long end = this.shards.endOfDrain();
		while (!shard.isDrained() && !shard.isLost() && end - this.time.nanos() > 0) {
			shard.await(shard::isDrained, SLICE);
			shard.checkHold();
			checkpoints().writeIfDue(checkpointer);
		}
		long flushed = Math.max(end - this.time.nanos(), SHORTEST_FLUSH.toNanos()) + this.time.nanos();
		while (!checkpoints().write(checkpointer) && !shard.isLost() && flushed - this.time.nanos() > 0) {
			shard.await(shard::isLost, SLICE);
		}
	}

	private Shard shard() {
		return Objects.requireNonNull(this.shard, "the processor was not initialized");
	}

	private CheckpointWriter checkpoints() {
		return Objects.requireNonNull(this.checkpoints, "the processor was not initialized");
	}

}
