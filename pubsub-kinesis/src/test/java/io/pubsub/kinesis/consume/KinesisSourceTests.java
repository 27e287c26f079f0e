package io.pubsub.kinesis.consume;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.kinesis.stream.StreamNotFoundException;
import io.pubsub.test.QueueUnderTest;
import io.pubsub.test.SourceContract;
import io.pubsub.test.TestClock;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import io.pubsub.transport.Subscription.State;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.processor.ShardRecordProcessorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link KinesisSource}, on a stream in memory.
 */
class KinesisSourceTests extends SourceContract {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final QueueUnderTest queue = new StreamContractQueue();

	private final TestClock clock = new TestClock();

	private final FakeReader.Stream stream = new FakeReader.Stream();

	private final List<Delivery> received = new CopyOnWriteArrayList<>();

	@Override
	protected QueueUnderTest queue() {
		return this.queue;
	}

	@Test
	void handsOverNoMoreThanItsSlots() {
		put(4);
		Subscription subscription = start(source(2, BackoffPolicy.DEFAULT, this.stream));
		awaitReceived(2);
		assertThat(subscription.inFlight()).isEqualTo(2);
		this.received.get(0).ack();
		awaitReceived(3);
		subscription.concurrency(3);
		awaitReceived(4);
		subscription.stop(Duration.ZERO);
	}

	@Test
	void whenStartedPausedHandsOverNothingUntilItIsResumed() {
		put(1);
		Subscription subscription = source(2, BackoffPolicy.DEFAULT, this.stream).start(this.received::add, 0);
		assertThat(subscription.state()).isEqualTo(State.PAUSED);
		subscription.resume();
		assertThat(subscription.state()).isEqualTo(State.RECEIVING);
		awaitReceived(1);
		subscription.stop(Duration.ZERO);
		assertThat(subscription.state()).isEqualTo(State.STOPPED);
		assertThat(subscription.exhausted().toCompletableFuture()).isCompleted();
	}

	@Test
	void whenStoppedCheckpointsWhatIsSettledAndLeavesTheRest() {
		put(3);
		Subscription subscription = start(source(10, BackoffPolicy.DEFAULT, this.stream));
		awaitReceived(3);
		this.received.get(0).ack();
		this.received.get(1).begin();
		CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> subscription.stop(PATIENCE));
		Awaitility.await().until(() -> !this.received.get(2).begin());
		this.received.get(1).ack();
		assertThat(stop).succeedsWithin(PATIENCE);
		assertThat(this.stream.lease().checkpoints()).endsWith("2:0");
	}

	@Test
	void whenStartedAgainGoesOnAfterTheCheckpoint() {
		put(3);
		Source source = source(10, BackoffPolicy.DEFAULT, this.stream);
		Subscription first = start(source);
		awaitReceived(3);
		this.received.get(0).ack();
		first.stop(PATIENCE);
		Subscription second = start(source);
		awaitReceived(5);
		second.stop(Duration.ZERO);
		assertThat(this.received).extracting((delivery) -> delivery.message().body())
			.containsExactly("order-1", "order-2", "order-3", "order-2", "order-3");
	}

	@Test
	void whenARecordKeepsFailingIsBackingOffUntilItIsSettled() {
		put(1);
		Subscription subscription = start(source(10, BackoffPolicy.fixed(Duration.ofMinutes(1)), this.stream));
		awaitReceived(1);
		this.received.get(0).nack(null);
		assertThat(subscription.state()).isEqualTo(State.RECEIVING);
		this.clock.advance(Duration.ofMinutes(1));
		assertThat(subscription.state()).isEqualTo(State.BACKING_OFF);
		assertThat(subscription.inFlight()).isOne();
		this.received.get(1).ack();
		assertThat(subscription.state()).isEqualTo(State.RECEIVING);
		subscription.stop(Duration.ZERO);
	}

	@Test
	void whenTheReaderEndsByItselfReadsAnew() {
		put(1);
		EndingReaders readers = new EndingReaders();
		Subscription subscription = start(source(10, BackoffPolicy.DEFAULT, readers));
		Awaitility.await().until(() -> subscription.state() == State.BACKING_OFF);
		awaitReceived(1);
		assertThat(subscription.state()).isEqualTo(State.RECEIVING);
		subscription.stop(Duration.ZERO);
	}

	@Test
	void whenTheNextReaderCannotBeMadeBacksOffAgain() {
		EndingReaders readers = new EndingReaders();
		readers.failing = true;
		Subscription subscription = start(source(10, BackoffPolicy.DEFAULT, readers));
		Awaitility.await().until(() -> readers.made == 2);
		Awaitility.await().until(() -> subscription.state() == State.BACKING_OFF);
		subscription.stop(Duration.ZERO);
	}

	@Test
	void whenStoppedWhileItBacksOffReadsNothingAnew() {
		EndingReaders readers = new EndingReaders();
		Subscription subscription = start(source(10, BackoffPolicy.DEFAULT, readers));
		Awaitility.await().until(() -> subscription.state() == State.BACKING_OFF);
		subscription.stop(Duration.ZERO);
		assertThat(readers.made).isOne();
	}

	@Test
	void whenTheStreamDoesNotExistFailsAtTheStart() {
		KinesisSource source = new KinesisSource(KinesisSourceOptions.builder("kinesis:orders", "app").build(),
				this.stream, () -> {
					throw new StreamNotFoundException("kinesis:orders", null);
				}, this.clock.timekeeper());
		assertThatExceptionOfType(StreamNotFoundException.class).isThrownBy(() -> source.start(this.received::add))
			.withMessageContaining("kinesis:orders");
	}

	@Test
	void tellsHowItsShardsAreDoing() {
		put(2);
		KinesisSource source = source(10, BackoffPolicy.DEFAULT, this.stream);
		Subscription subscription = start(source);
		awaitReceived(2);
		assertThat(source.metrics().shards()).isOne();
		assertThat(source.metrics().uncheckpointed()).isEqualTo(2);
		assertThat(source.metrics().heldUp()).isZero();
		subscription.stop(Duration.ZERO);
		assertThat(source.metrics().shards()).isZero();
	}

	private void put(int count) {
		for (int number = 1; number <= count; number++) {
			this.stream.put("order-" + number);
		}
	}

	private Subscription start(Source source) {
		Receiver receiver = this.received::add;
		return source.start(receiver);
	}

	private void awaitReceived(int count) {
		Awaitility.await().until(() -> this.received.size() >= count);
	}

	private KinesisSource source(int limit, BackoffPolicy backoff, StreamReader.Factory readers) {
		return StreamContractQueue.source(limit, backoff, readers, this.clock);
	}

	/**
	 * Readers of which the first cannot begin, nor those that are made while it fails.
	 */
	private final class EndingReaders implements StreamReader.Factory {

		private volatile boolean failing;

		private volatile int made;

		@Override
		public synchronized StreamReader create(ShardRecordProcessorFactory processors) {
			this.made++;
			if (this.made > 1 && this.failing) {
				throw new IllegalStateException("expected");
			}
			StreamReader reader = KinesisSourceTests.this.stream.create(processors);
			if (this.made == 1) {
				reader.stop();
			}
			return reader;
		}

	}

}
