package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that were received and are not settled. Each takes a slot of the
 * {@link Demand} until it is settled or taken back. What was fetched ahead of handlers
 * that have become slow goes back: others may be free.
 * <p>
 * On a FIFO queue, one message of a group is handed over at a time. When it is not
 * acknowledged, those that wait behind it go back too, unseen: SQS then delivers the
 * group again in its order.
 */
final class InFlightMessages {

	private static final Logger logger = LoggerFactory.getLogger(InFlightMessages.class);

	// What waits longer was fetched for handlers that have become slow since.
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

	private static final int REMEMBERED = 10_000;

	private final Set<InFlightMessage> messages = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> drained = new CompletableFuture<>();

	private final GroupLanes<InFlightMessage> lanes = new GroupLanes<>();

	// What went back before any receiver began it: that was no attempt.
	private final MessageCounts unseen = new MessageCounts(REMEMBERED);

	private final AtomicBoolean watched = new AtomicBoolean();

	private final Receiver receiver;

	private final Demand demand;

	private final SqsAcknowledger acknowledger;

	private final Timekeeper time;

	private final Heartbeat heartbeat;

	private final boolean ordered;

	private final Runnable slotFreed;

	private volatile boolean closed;

	InFlightMessages(SqsSourceOptions options, Receiver receiver, Demand demand, SqsAcknowledger acknowledger,
			Timekeeper time, Runnable slotFreed) {
		this.receiver = receiver;
		this.demand = demand;
		this.acknowledger = acknowledger;
		this.time = time;
		this.heartbeat = new Heartbeat(acknowledger, time, options.heartbeat());
		this.ordered = QueueAddress.parse(options.queue()).isFifo();
		this.slotFreed = slotFreed;
	}

	/**
	 * Hands messages over when it is their turn, unless they were acknowledged before:
	 * then they are only deleted.
	 * @param received what came together, whose slots were taken before
	 */
	void handOver(List<ReceivedMessage> received) {
		// The first of a group may fail at once: those behind it must be in line by then.
		List<InFlightMessage> turns = received.stream()
			.filter(this::isToBeHandled)
			.map(InFlightMessage::new)
			.filter(this::enter)
			.toList();
		turns.forEach(this::handOver);
		watch();
	}

	private void watch() {
		if (!this.messages.isEmpty() && this.watched.compareAndSet(false, true)) {
			this.time.after(LONGEST_WAIT.dividedBy(2), () -> {
				this.watched.set(false);
				returnSurplus();
				watch();
			});
		}
	}

	// The latest go back: the others are next.
	private void returnSurplus() {
		long now = this.time.nanos();
		List<InFlightMessage> waiting = this.messages.stream()
			.filter(InFlightMessage::isWaitingForReceiver)
			.sorted(Comparator.comparingLong((message) -> now - message.turnSince))
			.toList();
		long longest = waiting.isEmpty() ? 0 : now - waiting.get(waiting.size() - 1).turnSince;
		if (longest >= LONGEST_WAIT.toNanos()) {
			waiting.stream().limit(this.demand.surplus(longest)).forEach(InFlightMessage::takeBack);
		}
	}

	private boolean isToBeHandled(ReceivedMessage received) {
		if (!this.acknowledger.deleteIfDone(received.receipt())) {
			return true;
		}
		this.demand.released();
		this.slotFreed.run();
		return false;
	}

	private boolean enter(InFlightMessage message) {
		this.messages.add(message);
		message.keep();
		if (this.closed) {
			message.takeBack();
			return false;
		}
		return message.entersLane();
	}

	private void handOver(InFlightMessage message) {
		try {
			this.receiver.receive(message.delivery);
		}
		catch (Throwable ex) {
			logger.error("The receiver failed on message {} instead of settling it: handing it back",
					message.receipt.messageId(), ex);
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

	private void passTurn(String group) {
		InFlightMessage next = this.lanes.next(group);
		while (next != null && !next.takesTurn()) {
			next = this.lanes.next(group);
		}
		if (next != null) {
			handOver(next);
		}
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

	private enum Place {

		/** Just received. */
		NEW,

		/** Behind another message of its group. */
		WAITING,

		/** Handed over, or about to be. */
		TURN,

		/** Handed over, but its group goes on without it. */
		PASSED,

		/** No longer in flight. */
		GONE

	}

	/**
	 * One of them.
	 */
	private final class InFlightMessage implements TrackedDelivery.Settler {

		private final Receipt receipt;

		private final TrackedDelivery delivery;

		private final @Nullable String group;

		private volatile Place place = Place.NEW;

		private volatile long turnSince;

		private volatile long begunAt;

		private volatile boolean begun;

		private volatile boolean handedBack;

		InFlightMessage(ReceivedMessage received) {
			this.receipt = received.receipt();
			this.group = InFlightMessages.this.ordered ? received.content().groupId() : null;
			int attempt = received.attempt() - InFlightMessages.this.unseen.of(this.receipt.messageId());
			this.delivery = new TrackedDelivery(received.content(), attempt, this);
		}

		private boolean isWaitingForReceiver() {
			return this.place == Place.TURN && !this.begun;
		}

		void keep() {
			InFlightMessages.this.heartbeat.keep(this.receipt, this::lose);
		}

		// A late extension would hide again what was handed back.
		private CompletableFuture<Void> release() {
			return InFlightMessages.this.heartbeat.release(this.receipt);
		}

		void takeBack() {
			if (this.delivery.takeBack()) {
				InFlightMessages.this.unseen.add(this.receipt.messageId());
				nack(this.delivery, Duration.ZERO);
			}
		}

		private void lose() {
			if (this.delivery.takeBack()) {
				InFlightMessages.this.unseen.add(this.receipt.messageId());
				this.delivery.complete(Settlement.LOST);
				takeBackWaiting();
				leave();
			}
			else if (this.delivery.lose()) {
				takeBackWaiting();
			}
		}

		@Override
		public void checkHold(TrackedDelivery delivery) {
			InFlightMessages.this.heartbeat.check(this.receipt);
		}

		@Override
		public void begun(TrackedDelivery delivery) {
			this.begunAt = InFlightMessages.this.time.nanos();
			this.begun = true;
		}

		@Override
		public void ack(TrackedDelivery delivery) {
			try {
				CompletableFuture<?> unused = release();
				InFlightMessages.this.unseen.forget(this.receipt.messageId());
				InFlightMessages.this.acknowledger.ack(this.receipt, delivery);
			}
			finally {
				leave();
			}
		}

		@Override
		public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
			this.handedBack = true;
			try {
				CompletableFuture<?> unused = release()
					.thenRun(() -> InFlightMessages.this.acknowledger.nack(this.receipt, delivery, delay));
			}
			finally {
				takeBackWaiting();
				leave();
			}
		}

		@Override
		public void release(TrackedDelivery delivery, @Nullable Duration delay) {
			InFlightMessages.this.unseen.add(this.receipt.messageId());
			nack(delivery, delay);
		}

		// Otherwise the message would wait behind itself when it comes again.
		@Override
		public void abandoned(TrackedDelivery delivery) {
			CompletableFuture<?> unused = release()
				.thenRun(() -> InFlightMessages.this.acknowledger.nack(this.receipt, delivery, null));
			takeBackWaiting();
			if (passesTurn() && this.group != null) {
				passTurn(this.group);
			}
		}

		private synchronized boolean passesTurn() {
			if (this.place != Place.TURN) {
				return false;
			}
			this.place = Place.PASSED;
			return true;
		}

		@Override
		public void refused(TrackedDelivery delivery) {
			InFlightMessages.this.acknowledger.refused(this.receipt);
			leave();
		}

		synchronized boolean entersLane() {
			if (this.place == Place.NEW) {
				boolean first = this.group == null || InFlightMessages.this.lanes.enter(this.group, this);
				this.place = first ? Place.TURN : Place.WAITING;
				this.turnSince = InFlightMessages.this.time.nanos();
				if (!first) {
					InFlightMessages.this.demand.parked();
				}
			}
			return this.place == Place.TURN;
		}

		private synchronized boolean takesTurn() {
			if (this.place != Place.WAITING) {
				return false;
			}
			this.place = Place.TURN;
			this.turnSince = InFlightMessages.this.time.nanos();
			InFlightMessages.this.demand.unparked();
			return true;
		}

		private void takeBackWaiting() {
			if (this.group != null) {
				InFlightMessages.this.lanes.takeWaiting(this.group).forEach(InFlightMessage::takeBack);
			}
		}

		private void leave() {
			Place before;
			synchronized (this) {
				before = this.place;
				this.place = Place.GONE;
			}
			freeSlot(before);
			InFlightMessages.this.messages.remove(this);
			if (this.group != null && before == Place.TURN) {
				passTurn(this.group);
			}
			settled();
		}

		private void freeSlot(Place place) {
			if (place == Place.WAITING) {
				InFlightMessages.this.demand.releasedParked();
			}
			else if (!this.begun) {
				InFlightMessages.this.demand.released();
			}
			else if (this.handedBack) {
				InFlightMessages.this.demand.handedBack(InFlightMessages.this.time.nanos() - this.begunAt);
			}
			else {
				InFlightMessages.this.demand.released(InFlightMessages.this.time.nanos() - this.begunAt);
			}
		}

	}

}
