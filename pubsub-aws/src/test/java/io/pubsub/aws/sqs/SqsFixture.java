package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

import io.pubsub.test.TestClock;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;

/**
 * A receive loop on {@link FakeSqs} and {@link TestClock}, wired as {@link SqsSource}
 * wires it.
 */
final class SqsFixture {

	final FakeSqs sqs = new FakeSqs();

	final TestClock clock = new TestClock();

	final Timekeeper time = this.clock.timekeeper();

	final SqsMetrics metrics = new SqsMetrics();

	final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

	final QueueResolver queue;

	final SqsAcknowledger acknowledger;

	final ReceiveLoop loop;

	final SqsSubscription subscription;

	SqsFixture(SqsSourceOptions options) {
		this(options, null);
	}

	SqsFixture(SqsSourceOptions options, @Nullable Receiver receiver) {
		this.queue = new QueueResolver(this.sqs, QueueAddress.parse(options.queue()));
		this.queue.resolve().join();
		this.acknowledger = new SqsAcknowledger(new SettlementCalls(this.sqs, this.queue, this.time, this.metrics),
				this.queue, options.backoff(), options.ackLinger(), this.time, this.metrics);
		Receives receives = new Receives(this.sqs, this.queue, options.visibilityTimeout(), this.time, this.metrics);
		this.loop = new ReceiveLoop(options, receives, (receiver != null) ? receiver : this.deliveries::add,
				this.acknowledger, this.time, this.metrics);
		this.acknowledger.onProgress(this.loop::pump);
		this.subscription = new SqsSubscription(this.queue.address(), this.loop, this.acknowledger, this.time);
	}

	static SqsSourceOptions options() {
		return SqsSourceOptions.forQueue(FakeSqs.URL).withBackoff(BackoffPolicy.fixed(Duration.ofSeconds(7)));
	}

	SqsFixture start() {
		this.loop.pump();
		return this;
	}

	Delivery delivery(int index) {
		return this.deliveries.get(index);
	}

	void settleAfter(Duration handling, Delivery delivery) {
		delivery.begin();
		this.clock.advance(handling);
		delivery.ack();
	}

	void linger() {
		this.clock.advance(Duration.ofMillis(50));
	}

	TrackedDelivery settle(String id, String handle, BiConsumer<Receipt, TrackedDelivery> how) {
		Receipt receipt = new Receipt(id, handle, this.time.nanos(),
				this.time.nanos() + Duration.ofSeconds(30).toNanos());
		TrackedDelivery delivery = new TrackedDelivery(new InboundMessage(id, "{}"), 1, new NoSettler());
		how.accept(receipt, delivery);
		return delivery;
	}

	/**
	 * For deliveries that the test settles itself.
	 */
	private static final class NoSettler implements TrackedDelivery.Settler {

		@Override
		public void ack(TrackedDelivery delivery) {
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
		}

	}

}
