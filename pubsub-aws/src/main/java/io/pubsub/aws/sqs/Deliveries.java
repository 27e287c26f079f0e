package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.HandOver;
import io.pubsub.transport.OrderedReceiver;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import io.pubsub.transport.internal.MessageCounts;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries that were made of received messages and are not settled. Each takes a
 * slot of the {@link Demand}, is kept by the {@link Heartbeat}, and is settled by the
 * {@link SqsAcknowledger}.
 */
final class Deliveries {

	private static final int REMEMBERED = 10_000;

	private final Set<SqsDelivery> open = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	// What went back before any receiver began it: that was no attempt.
	private final MessageCounts unseen = new MessageCounts(REMEMBERED);

	private final Consumer<List<TrackedDelivery>> handOver;

	private final Demand demand;

	private final SqsAcknowledger acknowledger;

	private final Heartbeat heartbeat;

	private final Timekeeper time;

	private final Runnable changed;

	private volatile boolean closed;

	/**
	 * Makes a set that is empty.
	 * @param receiver the receiver of the deliveries
	 * @param ordered whether it gets one message of a group at a time
	 * @param demand the slots
	 * @param acknowledger the acknowledger
	 * @param heartbeat the heartbeat
	 * @param time the time
	 * @param changed the signal that a slot has become free, or may have
	 */
	Deliveries(Receiver receiver, boolean ordered, Demand demand, SqsAcknowledger acknowledger, Heartbeat heartbeat,
			Timekeeper time, Runnable changed) {
		this.handOver = ordered ? new OrderedReceiver(receiver)::receive
				: (deliveries) -> deliveries.forEach((delivery) -> HandOver.of(delivery, receiver));
		this.demand = demand;
		this.acknowledger = acknowledger;
		this.heartbeat = heartbeat;
		this.time = time;
		this.changed = changed;
	}

	/**
	 * Hands messages over, unless they were acknowledged before: then they are only
	 * deleted.
	 * @param received the messages that came together, whose slots were taken before
	 */
	void handOver(List<ReceivedMessage> received) {
		this.handOver.accept(received.stream().filter(this::isToBeHandled).flatMap(this::open).toList());
	}

	private boolean isToBeHandled(ReceivedMessage received) {
		if (!this.acknowledger.deleteIfDone(received.receipt())) {
			return true;
		}
		this.demand.released();
		this.changed.run();
		return false;
	}

	private Stream<TrackedDelivery> open(ReceivedMessage received) {
		SqsDelivery opened = new SqsDelivery(received);
		this.open.add(opened);
		this.heartbeat.keep(opened.receipt, opened::lose);
		if (this.closed) {
			opened.takeBack();
			return Stream.empty();
		}
		return Stream.of(opened.delivery);
	}

	/**
	 * The deliveries that wait for the receiver, and for nothing else.
	 * @return the deliveries, the latest first
	 */
	List<SqsDelivery> waiting() {
		long now = this.time.nanos();
		return this.open.stream()
			.filter((delivery) -> delivery.delivery.isWaiting())
			.sorted((one, other) -> Long.compare(now - one.waitingSince, now - other.waitingSince))
			.toList();
	}

	boolean isEmpty() {
		return this.open.isEmpty();
	}

	/**
	 * Takes back what no receiver has begun, now and whatever comes from now on.
	 * @return completes when none is left
	 */
	CompletableFuture<Void> close() {
		this.closed = true;
		this.open.forEach(SqsDelivery::takeBack);
		endIfEmpty();
		return this.ended;
	}

	/**
	 * Whether nothing more is handed over.
	 * @return {@code true} once this was closed
	 */
	boolean isClosed() {
		return this.closed;
	}

	private void endIfEmpty() {
		if (this.closed && this.open.isEmpty()) {
			this.ended.complete(null);
		}
	}

	/**
	 * One of them: carries out on SQS what becomes of it.
	 */
	final class SqsDelivery implements TrackedDelivery.Settler {

		private final Receipt receipt;

		private final TrackedDelivery delivery;

		private volatile long waitingSince;

		private volatile long begunAt;

		private volatile boolean begun;

		private volatile boolean handedBack;

		private SqsDelivery(ReceivedMessage received) {
			this.receipt = received.receipt();
			int attempt = received.attempt() - Deliveries.this.unseen.of(this.receipt.messageId());
			this.delivery = new TrackedDelivery(received.content(), attempt, this);
			this.waitingSince = Deliveries.this.time.nanos();
		}

		/**
		 * Since when it has waited to be begun.
		 * @return the time, of the timekeeper
		 */
		long waitingSince() {
			return this.waitingSince;
		}

		/**
		 * Hands it back, unless it was begun.
		 */
		void takeBack() {
			if (this.delivery.takeBack()) {
				release(this.delivery, Duration.ZERO);
			}
		}

		private void lose() {
			if (this.delivery.takeBack()) {
				Deliveries.this.unseen.add(this.receipt.messageId());
				this.delivery.complete(Settlement.LOST);
				leave();
			}
			else {
				this.delivery.lose();
			}
		}

		@Override
		public void checkHold(TrackedDelivery delivery) {
			Deliveries.this.heartbeat.check(this.receipt);
		}

		@Override
		public void parked(TrackedDelivery delivery) {
			Deliveries.this.demand.parked();
		}

		@Override
		public void unparked(TrackedDelivery delivery) {
			this.waitingSince = Deliveries.this.time.nanos();
			Deliveries.this.demand.unparked();
			Deliveries.this.changed.run();
		}

		@Override
		public void begun(TrackedDelivery delivery) {
			this.begunAt = Deliveries.this.time.nanos();
			this.begun = true;
		}

		@Override
		public void ack(TrackedDelivery delivery) {
			try {
				CompletableFuture<?> unused = Deliveries.this.heartbeat.release(this.receipt);
				Deliveries.this.unseen.forget(this.receipt.messageId());
				Deliveries.this.acknowledger.ack(this.receipt, delivery);
			}
			finally {
				leave();
			}
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
			this.handedBack = true;
			try {
				handBack(delay);
			}
			finally {
				leave();
			}
		}

		@Override
		public void release(TrackedDelivery delivery, @Nullable Duration delay) {
			Deliveries.this.unseen.add(this.receipt.messageId());
			nack(delivery, delay);
		}

		// The work goes on, so its slot stays taken.
		@Override
		public void abandoned(TrackedDelivery delivery) {
			handBack(null);
		}

		@Override
		public void refused(TrackedDelivery delivery) {
			Deliveries.this.acknowledger.refused(this.receipt);
			leave();
		}

		// A late extension would hide again what was handed back.
		private void handBack(@Nullable Duration delay) {
			CompletableFuture<?> unused = Deliveries.this.heartbeat.release(this.receipt)
				.thenRun(() -> Deliveries.this.acknowledger.nack(this.receipt, this.delivery, delay));
		}

		private void leave() {
			freeSlot();
			Deliveries.this.open.remove(this);
			endIfEmpty();
			Deliveries.this.changed.run();
		}

		private void freeSlot() {
			if (!this.begun) {
				Deliveries.this.demand.released();
				return;
			}
			long nanos = Deliveries.this.time.nanos() - this.begunAt;
			if (this.handedBack) {
				Deliveries.this.demand.handedBack(nanos);
			}
			else {
				Deliveries.this.demand.released(nanos);
			}
		}

	}

}
