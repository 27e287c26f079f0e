package io.pubsub.kinesis.consume;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.pubsub.test.TestClock;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import org.awaitility.Awaitility;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * A {@link ShardProcessor} in the hands of a test, which calls it as the library would.
 */
final class ShardBench implements Receiver {

	static final String SHARD = "shard-1";

	private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

	private final TestClock clock = new TestClock();

	private final Timekeeper time = this.clock.timekeeper();

	private final FakeLease lease = new FakeLease();

	private final Shards shards;

	private ShardProcessor processor;

	private FakeCheckpointer checkpointer;

	private volatile boolean blocked;

	ShardBench() {
		this((options) -> options);
	}

	ShardBench(UnaryOperator<KinesisSourceOptions.Builder> options) {
		KinesisSourceOptions.Builder defaults = KinesisSourceOptions.builder("kinesis:orders", "app")
			.backoff(BackoffPolicy.fixed(Duration.ofSeconds(10)));
		this.shards = new Shards(options.apply(defaults).build(), this, Integer.MAX_VALUE, this.time);
		FakeLease.Owned owned = this.lease.take();
		this.checkpointer = new FakeCheckpointer(owned, this.lease.checkpoint());
		this.processor = new ShardProcessor(this.shards, (shard) -> owned, this.time);
		initialize();
	}

	/**
	 * Takes the lease anew, as after it was lost, with another processor.
	 */
	void takeAnew() {
		FakeLease.Owned owned = this.lease.take();
		this.checkpointer = new FakeCheckpointer(owned, this.lease.checkpoint());
		this.processor = new ShardProcessor(this.shards, (shard) -> owned, this.time);
		initialize();
	}

	private void initialize() {
		this.processor.initialize(
				InitializationInput.builder().shardId(SHARD).extendedSequenceNumber(this.lease.checkpoint()).build());
	}

	/**
	 * Gives records to the processor.
	 * @param records the records, each as its number, a colon and its key, such as
	 * {@code 1:a}
	 */
	void give(String... records) {
		process(Arrays.stream(records).map(ShardBench::record).toList());
	}

	void process(List<KinesisClientRecord> records) {
		this.checkpointer.given(records);
		this.processor.processRecords(ProcessRecordsInput.builder()
			.records(records)
			.checkpointer(this.checkpointer)
			.millisBehindLatest(1234L)
			.build());
	}

	CompletableFuture<Void> giveInBackground(String... records) {
		return CompletableFuture.runAsync(() -> give(records));
	}

	void loseLease() {
		this.processor.leaseLost(LeaseLostInput.builder().build());
	}

	CompletableFuture<Void> end() {
		this.checkpointer.ended();
		return CompletableFuture.runAsync(
				() -> this.processor.shardEnded(ShardEndedInput.builder().checkpointer(this.checkpointer).build()));
	}

	CompletableFuture<Void> requestShutdown() {
		return CompletableFuture.runAsync(() -> this.processor
			.shutdownRequested(ShutdownRequestedInput.builder().checkpointer(this.checkpointer).build()));
	}

	static KinesisClientRecord record(String text) {
		String[] parts = text.split(":", -1);
		return KinesisClientRecord.builder()
			.sequenceNumber(parts[0])
			.partitionKey(parts[1])
			.subSequenceNumber((parts.length > 2) ? Long.parseLong(parts[2]) : 0)
			.aggregated(parts.length > 2)
			.data(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
			.build();
	}

	@Override
	public void receive(Delivery delivery) {
		this.deliveries.add(delivery);
	}

	@Override
	public void blocked() {
		this.blocked = true;
	}

	@Override
	public void unblocked() {
		this.blocked = false;
	}

	boolean isBlocked() {
		return this.blocked;
	}

	/**
	 * What was handed over, again or for the first time.
	 */
	List<String> bodies() {
		return this.deliveries.stream().map((delivery) -> delivery.message().body()).toList();
	}

	void awaitBodies(String... bodies) {
		Awaitility.await().until(this::bodies, List.of(bodies)::equals);
	}

	/**
	 * The latest delivery of a record.
	 * @param body the body
	 */
	Delivery delivery(String body) {
		return this.deliveries.stream()
			.filter((delivery) -> delivery.message().body().equals(body))
			.reduce((one, other) -> other)
			.orElseThrow(() -> new AssertionError(body + " was not handed over, but " + bodies()));
	}

	/**
	 * Acknowledges records.
	 * @param bodies their bodies
	 */
	void ack(String... bodies) {
		for (String body : bodies) {
			delivery(body).begin();
			delivery(body).ack();
		}
	}

	void nack(String body) {
		delivery(body).begin();
		delivery(body).nack(null);
	}

	/**
	 * Lets time pass, and the library find no new records.
	 * @param duration the time
	 */
	void pass(Duration duration) {
		this.clock.advance(duration);
		give();
	}

	TestClock clock() {
		return this.clock;
	}

	Timekeeper time() {
		return this.time;
	}

	FakeLease lease() {
		return this.lease;
	}

	FakeCheckpointer checkpointer() {
		return this.checkpointer;
	}

	Shards shards() {
		return this.shards;
	}

	Shard shard() {
		return this.shards.stream().findFirst().orElseThrow();
	}

}
