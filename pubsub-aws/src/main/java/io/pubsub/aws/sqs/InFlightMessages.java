package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.pubsub.transport.Receiver;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that were handed over and are not settled. Each takes a slot of the
 * {@link Demand} until it is settled or taken back.
 */
final class InFlightMessages {

	private static final Logger logger = LoggerFactory.getLogger(InFlightMessages.class);

	private final Set<InFlightMessage> messages = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> drained = new CompletableFuture<>();

	private final Receiver receiver;

	private final Demand demand;

	private final SqsAcknowledger acknowledger;

	private final Timekeeper time;

	private final @Nullable Heartbeat heartbeat;

	private final Runnable slotFreed;

	private volatile boolean closed;

	InFlightMessages(Receiver receiver, Demand demand, SqsAcknowledger acknowledger, Timekeeper time, boolean heartbeat,
			Runnable slotFreed) {
		this.receiver = receiver;
		this.demand = demand;
		this.acknowledger = acknowledger;
		this.time = time;
		this.heartbeat = heartbeat ? new Heartbeat(acknowledger, time) : null;
		this.slotFreed = slotFreed;
	}

	/**
	 * Hands a message over, unless it was acknowledged before: then it is only deleted.
	 * @param received the message, whose slot was taken before
	 */
	void handOver(ReceivedMessage received) {
		if (this.acknowledger.deleteIfDone(received.receipt())) {
			this.demand.released();
			this.slotFreed.run();
			return;
		}
		InFlightMessage message = new InFlightMessage(received);
		this.messages.add(message);
		message.keep();
		if (this.closed) {
			message.takeBack();
			return;
		}
		try {
			this.receiver.receive(message.delivery);
		}
		catch (Throwable ex) {
			logger.error("The receiver failed on message {} instead of settling it: handing it back",
					received.content().id(), ex);
			message.delivery.nack(null);
		}
	}

	/**
	 * Takes back what no receiver has begun, now and whatever comes from now on.
	 * @return completes when nothing is in flight
	 */
	CompletableFuture<Void> close() {
		this.closed = true;
		this.messages.forEach(InFlightMessage::takeBack);
		completeWhenDrained();
		return this.drained;
	}

	private void settled() {
		completeWhenDrained();
		this.slotFreed.run();
	}

	private void completeWhenDrained() {
		if (this.closed && this.messages.isEmpty()) {
			this.drained.complete(null);
		}
	}

	/**
	 * One of them.
	 */
	private final class InFlightMessage implements TrackedDelivery.Settler {

		private final Receipt receipt;

		private final TrackedDelivery delivery;

		private volatile long begunAt;

		private volatile boolean begun;

		InFlightMessage(ReceivedMessage received) {
			this.receipt = received.receipt();
			this.delivery = new TrackedDelivery(received.content(), received.attempt(), this);
		}

		void keep() {
			Heartbeat heartbeat = InFlightMessages.this.heartbeat;
			if (heartbeat != null) {
				heartbeat.keep(this.receipt);
			}
		}

		// A late extension would hide again what was handed back.
		private CompletableFuture<Void> release() {
			Heartbeat heartbeat = InFlightMessages.this.heartbeat;
			return (heartbeat != null) ? heartbeat.release(this.receipt) : CompletableFuture.completedFuture(null);
		}

		void takeBack() {
			if (this.delivery.takeBack()) {
				nack(this.delivery, Duration.ZERO);
			}
		}

		@Override
		public void begun(TrackedDelivery delivery) {
			this.begunAt = InFlightMessages.this.time.nanos();
			this.begun = true;
		}

		@Override
		public void ack(TrackedDelivery delivery) {
			freeSlot();
			try {
				CompletableFuture<?> unused = release();
				InFlightMessages.this.acknowledger.ack(this.receipt, delivery);
			}
			finally {
				settled();
			}
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
			freeSlot();
			try {
				CompletableFuture<?> unused = release()
					.thenRun(() -> InFlightMessages.this.acknowledger.nack(this.receipt, delivery, delay));
			}
			finally {
				settled();
			}
		}

		private void freeSlot() {
			if (this.begun) {
				InFlightMessages.this.demand.released(InFlightMessages.this.time.nanos() - this.begunAt);
			}
			else {
				InFlightMessages.this.demand.released();
			}
			InFlightMessages.this.messages.remove(this);
		}

	}

}
