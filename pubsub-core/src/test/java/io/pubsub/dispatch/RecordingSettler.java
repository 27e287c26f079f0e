package io.pubsub.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;

/**
 * Makes deliveries, and remembers how they were settled.
 */
final class RecordingSettler implements TrackedDelivery.Settler {

	private final List<String> settlements = new CopyOnWriteArrayList<>();

	private volatile boolean holding = true;

	private volatile @Nullable Settlement end;

	TrackedDelivery delivery(String body, int attempt) {
		return new TrackedDelivery(new InboundMessage("m-1", body), attempt, this);
	}

	/**
	 * What was asked for, such as {@code ack} or {@code nack PT3S}.
	 */
	List<String> settlements() {
		return this.settlements;
	}

	/**
	 * Lets the hold on all deliveries end, which only shows to whoever looks.
	 */
	void endHold() {
		this.holding = false;
	}

	/**
	 * Ends what is settled from now on in another way than was asked for.
	 */
	void settleAs(Settlement settlement) {
		this.end = settlement;
	}

	private void complete(TrackedDelivery delivery, Settlement asked) {
		Settlement other = this.end;
		delivery.complete((other != null) ? other : asked);
	}

	@Override
	public void checkHold(TrackedDelivery delivery) {
		boolean unused = !this.holding && (delivery.takeBack() || delivery.lose());
	}

	@Override
	public void ack(TrackedDelivery delivery) {
		this.settlements.add("ack");
		complete(delivery, Settlement.ACKED);
	}

	@Override
	public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
		this.settlements.add("nack " + delay);
		complete(delivery, Settlement.NACKED);
	}

	@Override
	public void release(TrackedDelivery delivery, @Nullable Duration delay) {
		this.settlements.add("release " + delay);
		complete(delivery, Settlement.NACKED);
	}

}
