package io.pubsub.transport;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.pubsub.internal.GroupLanes;
import org.jspecify.annotations.Nullable;

/**
 * {@link Receiver} that passes on one message of a group at a time, in the order in which
 * they came. Those behind it are parked until it is acknowledged. When it is handed back
 * or lost, they are released, unseen: their source then delivers the group again in its
 * order. A message without a group is passed on at once.
 * <p>
 * The turn of a message lasts until it is settled; when it is lost, until the work on it
 * has ended, so that its next delivery waits for that; and when it is abandoned, no
 * longer. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class OrderedReceiver implements ReceiverDecorator {

	private final GroupLanes<OrderedDelivery> lanes = new GroupLanes<>();

	private final Receiver receiver;

	/**
	 * Makes a receiver without any groups.
	 * @param receiver the receiver of what has its turn
	 */
	public OrderedReceiver(Receiver receiver) {
		this.receiver = receiver;
	}

	@Override
	public void receive(Delivery delivery) {
		receive(List.of(delivery));
	}

	/**
	 * Takes over deliveries that came together: all are in line before the first is
	 * passed on, which may fail at once.
	 * @param deliveries the deliveries, in the order of their groups
	 */
	public void receive(List<? extends Delivery> deliveries) {
		List<Delivery> entering = deliveries.stream().map(this::inLane).toList();
		Set<Delivery> waiting = entering.stream()
			.filter(OrderedDelivery.class::isInstance)
			.map(OrderedDelivery.class::cast)
			.collect(Collectors.groupingBy((delivery) -> delivery.group))
			.values()
			.stream()
			.flatMap(this::enter)
			.collect(Collectors.toSet());
		entering.stream().filter((delivery) -> !waiting.contains(delivery)).forEach(this::passOn);
	}

	private Delivery inLane(Delivery delivery) {
		String group = delivery.message().groupId();
		return (group != null) ? new OrderedDelivery(delivery, group) : delivery;
	}

	private Stream<OrderedDelivery> enter(List<OrderedDelivery> members) {
		members.forEach(OrderedDelivery::listen);
		boolean turn = takeTurn(members);
		members.forEach(OrderedDelivery::listenToEnd);
		return members.stream().skip(turn ? 1 : 0);
	}

	// All of a group enter together: another thread may pass the first one on, and that
	// may fail, while the others would still be on their way. Whoever passes the turn on
	// must find parked what waits for it.
	private boolean takeTurn(List<OrderedDelivery> members) {
		OrderedDelivery first = members.get(0);
		members.stream().skip(1).forEach((member) -> member.delivery.park());
		if (this.lanes.enterIfFree(first.group, members)) {
			return true;
		}
		first.delivery.park();
		return this.lanes.enter(first.group, members) && first.delivery.unpark();
	}

	private void passOn(Delivery delivery) {
		HandOver.of(delivery, this.receiver);
	}

	@Override
	public Receiver receiver() {
		return this.receiver;
	}

	/**
	 * A delivery in the lane of its group.
	 */
	private final class OrderedDelivery implements Delivery {

		private final AtomicBoolean left = new AtomicBoolean();

		private final Delivery delivery;

		private final String group;

		private volatile boolean inHand;

		private volatile boolean begun;

		OrderedDelivery(Delivery delivery, String group) {
			this.delivery = delivery;
			this.group = group;
		}

		void listen() {
			this.delivery.onLost(this::releaseWaiting);
		}

		void listenToEnd() {
			CompletionStage<Void> unused = this.delivery.settled().thenRun(this::takenBack);
		}

		// Its source may take a delivery back, or lose it, before anybody begins it.
		private void takenBack() {
			if (!this.inHand) {
				leave(false);
			}
		}

		private void leave(boolean goOn) {
			if (!this.left.compareAndSet(false, true)) {
				return;
			}
			if (!goOn) {
				releaseWaiting();
			}
			OrderedDelivery next = OrderedReceiver.this.lanes.leave(this.group, this);
			while (next != null && !next.delivery.unpark()) {
				next = OrderedReceiver.this.lanes.leave(this.group, next);
			}
			if (next != null) {
				passOn(next);
			}
		}

		private void releaseWaiting() {
			OrderedReceiver.this.lanes.takeWaiting(this.group)
				.forEach((waiting) -> waiting.delivery.release(Duration.ZERO));
		}

		@Override
		public InboundMessage message() {
			return this.delivery.message();
		}

		@Override
		public int attempt() {
			return this.delivery.attempt();
		}

		@Override
		public boolean begin() {
			this.inHand = true;
			if (this.delivery.begin()) {
				this.begun = true;
				return true;
			}
			if (!this.begun) {
				leave(false);
			}
			return false;
		}

		@Override
		public boolean isLost() {
			return this.delivery.isLost();
		}

		@Override
		public void onLost(Runnable action) {
			this.delivery.onLost(() -> {
				releaseWaiting();
				action.run();
			});
		}

		@Override
		public void ack() {
			goOn(this.delivery::ack);
		}

		@Override
		public void ackDeadLetter(String reason) {
			goOn(() -> this.delivery.ackDeadLetter(reason));
		}

		@Override
		public void nack(@Nullable Duration delay) {
			handBack(() -> this.delivery.nack(delay));
		}

		@Override
		public void release(@Nullable Duration delay) {
			handBack(() -> this.delivery.release(delay));
		}

		@Override
		public void reject(String reason) {
			handBack(() -> this.delivery.reject(reason));
		}

		// The source takes back only what nobody has begun: then the next must not go on.
		private void goOn(Runnable settlement) {
			if (this.begun || begin()) {
				settlement.run();
				leave(true);
			}
		}

		// What waits behind one that was lost has come since.
		private void handBack(Runnable settlement) {
			this.inHand = true;
			boolean lost = isLost();
			settlement.run();
			leave(lost);
		}

		@Override
		public boolean abandon() {
			boolean abandoned = this.delivery.abandon();
			if (abandoned) {
				leave(false);
			}
			return abandoned;
		}

		@Override
		public CompletionStage<Settlement> settled() {
			return this.delivery.settled();
		}

		@Override
		public String toString() {
			return this.delivery.toString();
		}

	}

}
