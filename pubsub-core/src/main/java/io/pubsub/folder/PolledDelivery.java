package io.pubsub.folder;

import java.io.IOException;
import java.time.Duration;

import io.pubsub.internal.LogText;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Settlement;
import io.pubsub.transport.TrackedDelivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles one claim that was polled, on the thread of whoever does so.
 *
 * @param consumer the consumer that has it
 * @param claim the claim
 * @param backoff the delay of a failure when nobody asked for a certain one
 */
record PolledDelivery(FolderConsumer consumer, Claim claim, BackoffPolicy backoff) implements TrackedDelivery.Settler {

	private static final Logger logger = LoggerFactory.getLogger(FolderQueue.class);

	@Override
	public void checkHold(TrackedDelivery delivery) {
		if (!this.consumer.holds(this.claim) && (delivery.takeBack() || delivery.lose())) {
			end(delivery, Settlement.LOST,
					() -> this.consumer.failed(this.claim, delivery.attempt(), Duration.ZERO, "its lease was over"));
		}
	}

	@Override
	public void ack(TrackedDelivery delivery) {
		end(delivery, Settlement.ACKED, () -> this.consumer.succeeded(this.claim));
	}

	@Override
	public void nack(TrackedDelivery delivery, @Nullable Duration delay) {
		end(delivery, Settlement.NACKED, () -> this.consumer.failed(this.claim, delivery.attempt(),
				delay(delivery, delay), "whoever polled it has handed it back"));
	}

	@Override
	public void release(TrackedDelivery delivery, @Nullable Duration delay) {
		end(delivery, Settlement.NACKED, () -> this.consumer.release(this.claim, delay(delivery, delay)));
	}

	@Override
	public void reject(TrackedDelivery delivery, String reason) {
		end(delivery, Settlement.NACKED, () -> this.consumer.giveUp(this.claim, delivery.attempt(), reason));
	}

	private Duration delay(TrackedDelivery delivery, @Nullable Duration asked) {
		return (asked != null) ? asked : this.backoff.delay(delivery.attempt());
	}

	private void end(TrackedDelivery delivery, Settlement settlement, Action action) {
		try {
			delivery.complete(action.run() ? settlement : Settlement.LOST);
		}
		catch (IOException ex) {
			logger.warn("What became of {} cannot be carried out now", LogText.of(delivery.message().id()),
					LogText.printable(ex));
			delivery.complete(Settlement.LOST);
		}
	}

	private interface Action {

		boolean run() throws IOException;

	}

}
