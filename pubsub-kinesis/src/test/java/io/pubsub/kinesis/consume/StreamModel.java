package io.pubsub.kinesis.consume;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.pubsub.test.TestClock;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.ExtendedSequenceNumber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stream, the workers that lease its shards, and all that must be true of them.
 */
final class StreamModel {

	private static final End ACK = Delivery::ack;

	private static final int KEYS = 4;

	private final TestClock clock = new TestClock();

	private final Timekeeper time = this.clock.timekeeper();

	private final List<Worker> workers = new ArrayList<>();

	StreamModel(int shards) {
		for (int shard = 0; shard < shards; shard++) {
			this.workers.add(new Worker("shard-" + shard));
		}
	}

	void act(Action action) {
		Worker worker = this.workers.get(action.number() % this.workers.size());
		int choice = action.number() / this.workers.size();
		switch (action.kind()) {
			case GIVE -> worker.give(1 + choice % 5);
			case ACK -> worker.settle(choice, ACK);
			case NACK -> worker.settle(choice, (delivery) -> delivery.nack(null));
			case RELEASE -> worker.settle(choice, (delivery) -> delivery.release(Duration.ZERO));
			case PASS -> pass(Duration.ofMillis(10L * choice));
			case LOSE -> worker.lose();
			case HAND_OVER -> worker.handOver();
			case CRASH -> this.workers.forEach(Worker::crash);
			case THROTTLE -> worker.lease.throttle(1);
			case REPEAT -> worker.repeat(choice);
		}
		this.workers.forEach(Worker::check);
	}

	private void pass(Duration duration) {
		this.clock.advance(duration);
		this.workers.forEach((worker) -> worker.process(List.of()));
	}

	/**
	 * Settles everything, and ends the shards.
	 */
	void finish() {
		for (int round = 0; round < 200 && !this.workers.stream().allMatch(Worker::isDone); round++) {
			this.workers.forEach(Worker::ackAll);
			pass(Duration.ofSeconds(2));
		}
		this.workers.forEach(Worker::end);
	}

	/**
	 * What happens.
	 */
	enum Kind {

		GIVE, ACK, NACK, RELEASE, PASS, LOSE, HAND_OVER, CRASH, THROTTLE, REPEAT

	}

	/**
	 * Something that happens somewhere.
	 *
	 * @param kind the kind
	 * @param number the number that says where, and how
	 */
	record Action(Kind kind, int number) {

	}

	/**
	 * What to do with a delivery.
	 */
	@FunctionalInterface
	interface End {

		void of(Delivery delivery);

	}

	/**
	 * The one worker at a time that has the lease of a shard.
	 */
	private final class Worker {

		private final FakeLease lease = new FakeLease();

		private final String shard;

		private final List<KinesisClientRecord> stored = new ArrayList<>();

		// What the latest worker has been handed, and not settled.
		private final List<Delivery> open = new ArrayList<>();

		private final Set<String> acked = new HashSet<>();

		private final Map<String, BigInteger> latestOfKey = new HashMap<>();

		private int checkpointsSeen;

		private int read;

		private ExtendedSequenceNumber begin = ExtendedSequenceNumber.TRIM_HORIZON;

		private Shards shards;

		private ShardProcessor processor;

		private FakeCheckpointer checkpointer;

		Worker(String shard) {
			this.shard = shard;
			this.shards = new Shards(options(), this::received, Integer.MAX_VALUE, StreamModel.this.time);
			FakeLease.Owned owned = this.lease.take();
			this.checkpointer = new FakeCheckpointer(owned, this.begin);
			this.processor = new ShardProcessor(this.shards, (id) -> owned, StreamModel.this.time);
			initialize();
		}

		private void begin() {
			this.open.clear();
			this.latestOfKey.clear();
			this.begin = this.lease.checkpoint();
			this.shards = new Shards(options(), this::received, Integer.MAX_VALUE, StreamModel.this.time);
			FakeLease.Owned owned = this.lease.take();
			this.checkpointer = new FakeCheckpointer(owned, this.begin);
			this.processor = new ShardProcessor(this.shards, (id) -> owned, StreamModel.this.time);
			initialize();
			this.read = 0;
			readOn();
		}

		private void initialize() {
			this.processor.initialize(
					InitializationInput.builder().shardId(this.shard).extendedSequenceNumber(this.begin).build());
		}

		private static KinesisSourceOptions options() {
			return KinesisSourceOptions.builder("kinesis:orders", "app")
				.concurrency(10_000)
				.maxOpen(100_000)
				.backoff(BackoffPolicy.fixed(Duration.ofSeconds(1)))
				.build();
		}

		private void received(Delivery delivery) {
			ExtendedSequenceNumber number = number(delivery);
			assertThat(number).as("what comes again is behind the checkpoint with which the lease was taken")
				.isGreaterThan(this.begin);
			BigInteger before = this.latestOfKey.put(String.valueOf(delivery.message().groupId()),
					new BigInteger(number.sequenceNumber()));
			if (before != null) {
				assertThat(new BigInteger(number.sequenceNumber())).as("a key keeps its order")
					.isGreaterThanOrEqualTo(before);
			}
			assertThat(this.open).as("one record of a key at a time")
				.noneMatch((other) -> String.valueOf(other.message().groupId()).equals(delivery.message().groupId()));
			this.open.add(delivery);
		}

		void give(int count) {
			for (int i = 0; i < count; i++) {
				int number = this.stored.size() + 1;
				// Numbers of several lengths, of which some are aggregated.
				this.stored.add(KinesisClientRecord.builder()
					.sequenceNumber(Integer.toString(5 + number / 2))
					.subSequenceNumber(number % 2)
					.aggregated(true)
					.partitionKey("key-" + number * 7 % KEYS)
					.data(ByteBuffer.wrap(Integer.toString(number).getBytes(StandardCharsets.UTF_8)))
					.build());
			}
			readOn();
		}

		private void readOn() {
			List<KinesisClientRecord> records = this.stored.subList(this.read, this.stored.size())
				.stream()
				.filter((record) -> FakeCheckpointer.numberOf(record).compareTo(this.checkpointer.last()) > 0)
				.toList();
			this.read = this.stored.size();
			process(records);
		}

		void process(List<KinesisClientRecord> records) {
			this.checkpointer.given(records);
			this.processor
				.processRecords(ProcessRecordsInput.builder().records(records).checkpointer(this.checkpointer).build());
		}

		/**
		 * Reads again from an earlier place, as after an iterator has expired.
		 */
		void repeat(int count) {
			this.read = Math.max(this.read - count % 20, 0);
			readOn();
		}

		void settle(int choice, End end) {
			if (!this.open.isEmpty()) {
				settle(this.open.remove(choice % this.open.size()), end);
			}
		}

		private void settle(Delivery delivery, End end) {
			assertThat(delivery.begin()).isTrue();
			if (end.equals(ACK)) {
				this.acked.add(delivery.message().id());
			}
			end.of(delivery);
		}

		void ackAll() {
			while (!this.open.isEmpty()) {
				settle(this.open.remove(0), ACK);
			}
		}

		void lose() {
			this.lease.lose();
			this.processor.leaseLost(LeaseLostInput.builder().build());
			begin();
		}

		void handOver() {
			this.processor.shutdownRequested(ShutdownRequestedInput.builder().checkpointer(this.checkpointer).build());
			lose();
		}

		// Nobody says goodbye.
		void crash() {
			this.lease.lose();
			begin();
		}

		boolean isDone() {
			return this.acked.size() == this.stored.size() && this.open.isEmpty()
					&& (this.stored.isEmpty() || this.lease.checkpoint()
						.equals(FakeCheckpointer.numberOf(this.stored.get(this.stored.size() - 1))));
		}

		void end() {
			this.checkpointer.ended();
			this.processor.shardEnded(ShardEndedInput.builder().checkpointer(this.checkpointer).build());
			check();
			assertThat(this.lease.checkpoint().isShardEnd()).isTrue();
		}

		void check() {
			List<String> checkpoints = this.lease.checkpoints();
			ExtendedSequenceNumber checkpoint = this.lease.checkpoint();
			assertThat(checkpoints.size()).isGreaterThanOrEqualTo(this.checkpointsSeen);
			this.checkpointsSeen = checkpoints.size();
			assertThat(checkpoint).as("checkpoints only move forward").isGreaterThanOrEqualTo(this.begin);
			for (KinesisClientRecord record : this.stored) {
				if (FakeCheckpointer.numberOf(record).compareTo(checkpoint) <= 0) {
					assertThat(this.acked).as("no record is skipped")
						.contains(RecordReader.read(this.shard, record).id());
				}
			}
		}

		private ExtendedSequenceNumber number(Delivery delivery) {
			return this.stored.stream()
				.filter((record) -> RecordReader.read(this.shard, record).id().equals(delivery.message().id()))
				.map(FakeCheckpointer::numberOf)
				.findFirst()
				.orElseThrow();
		}

	}

}
