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

	@Override
	public void checkHold(TrackedDelivery delivery) {
		boolean unused = !this.holding && (delivery.takeBack() || delivery.lose());
	}

	@Override
	public void ack(TrackedDelivery delivery) {
		this.settlements.add("ack");
		delivery.complete(Settlement.ACKED);
	}

	@Override
	public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
		this.settlements.add("nack " + delay);
		delivery.complete(Settlement.NACKED);
	}

}
