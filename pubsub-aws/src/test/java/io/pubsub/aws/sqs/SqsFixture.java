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
 * A receive loop on {@link FakeSqs} and {@link TestClock}, put together by
 * {@link QueueParts}.
 */
final class SqsFixture {

	final FakeSqs sqs = new FakeSqs();

	final TestClock clock = new TestClock();

	final SqsMetrics metrics = new SqsMetrics();

	final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

	final QueueParts parts;

	final Timekeeper time;

	final QueueResolver queue;

	final SqsAcknowledger acknowledger;

	final ReceiveLoop loop;

	final SqsSubscription subscription;

	SqsFixture(SqsSourceOptions options) {
		this(options, null);
	}

	SqsFixture(SqsSourceOptions options, @Nullable Receiver receiver) {
		this.parts = new QueueParts(this.sqs, options, this.clock.timekeeper(), this.metrics);
		this.time = this.parts.time();
		this.queue = this.parts.queue();
		this.queue.resolve().join();
		this.acknowledger = this.parts.acknowledger();
		this.loop = this.parts.loop((receiver != null) ? receiver : this.deliveries::add);
		this.subscription = new SqsSubscription(this.parts, this.loop);
	}

	static SqsSourceOptions options() {
		return SqsSourceOptions.builder(FakeSqs.URL).backoff(BackoffPolicy.fixed(Duration.ofSeconds(7))).build();
	}

	SqsFixture start() {
		this.loop.start(Integer.MAX_VALUE);
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
		Receipt receipt = new Receipt(id, handle, this.time.nanos(), Visibility.DEFAULT);
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
