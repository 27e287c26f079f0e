package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.List;

import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;

/**
 * Carries out, in the thread of the caller, how one message is settled that was polled.
 */
final class PolledMessage implements TrackedDelivery.Settler {

	private final QueueStore store;

	private final Endings endings;

	private final LeaseKeeper.Hold hold;

	private final TrackedDelivery delivery;

	private PolledMessage(Claim claim, long claimedAt, QueueStore store, LeaseKeeper keeper, Endings endings) {
		this.store = store;
		this.endings = endings;
		this.delivery = new TrackedDelivery(claim.message(), claim.attempt(), this);
		this.hold = keeper.keep(claim, claimedAt, () -> lose(this.delivery));
	}

	static TrackedDelivery deliver(Claim claim, long claimedAt, QueueStore store, LeaseKeeper keeper, Endings endings) {
		return new PolledMessage(claim, claimedAt, store, keeper, endings).delivery;
	}

	@Override
	public void checkHold(TrackedDelivery delivery) {
		if (!this.hold.isHeld()) {
			this.hold.end();
			lose(delivery);
		}
	}

	private static void lose(TrackedDelivery delivery) {
		if (delivery.takeBack()) {
			delivery.complete(Settlement.LOST);
		}
		else {
			delivery.lose();
		}
	}

	@Override
	public void ack(TrackedDelivery delivery) {
		settle(Ending.done(this.hold.claim()), Settlement.ACKED);
	}

	@Override
	public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
		settle(this.endings.failed(this.hold.claim(), delay), Settlement.NACKED);
	}

	@Override
	public void release(TrackedDelivery delivery, @Nullable Duration delay) {
		settle(this.endings.untried(this.hold.claim(), delay), Settlement.NACKED);
	}

	@Override
	public void reject(TrackedDelivery delivery, String reason) {
		settle(Ending.park(this.hold.claim(), reason), Settlement.NACKED);
	}

	private void settle(Ending ending, Settlement settlement) {
		boolean accepted = false;
		try {
			accepted = this.store.settle(List.of(ending)).isEmpty();
		}
		finally {
			this.hold.end();
			this.delivery.complete(accepted ? settlement : Settlement.LOST);
		}
	}

}
