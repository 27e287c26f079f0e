package io.pubsub.dispatch;

import java.time.Duration;

import io.pubsub.internal.DurationText;
import io.pubsub.internal.LogText;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limit for the time of a handler before it is interrupted, and for the time that it
 * may then take to end before its message is given to somebody else.
 */
final class HandlingTimeLimit {

	private static final Logger logger = LoggerFactory.getLogger(MessageDispatcher.class);

	private static final int GRACE_PART = 10;

	private static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);

	private final Duration limit;

	private final Duration grace;

	private final Timekeeper timekeeper;

	/**
	 * Makes a limit.
	 * @param limit the longest time, positive
	 * @param timekeeper the time to go by
	 */
	HandlingTimeLimit(Duration limit, Timekeeper timekeeper) {
		if (limit.isNegative() || limit.isZero()) {
			throw new IllegalArgumentException(
					"the maximum handling time must be positive, not " + DurationText.of(limit));
		}
		this.timekeeper = timekeeper;
		this.limit = limit;
		Duration part = limit.dividedBy(GRACE_PART);
		this.grace = (part.compareTo(SHORTEST_GRACE) > 0) ? part : SHORTEST_GRACE;
	}

	/**
	 * Interrupts a handler when its time is over, and abandons the delivery if that is of
	 * no use.
	 * @param handling the handling, which begins now
	 * @param handler the handler
	 * @param delivery the delivery that is handled
	 */
	void watch(Handling handling, Handler handler, Delivery delivery) {
		after(this.limit, handling, () -> interrupt(handling, handler, delivery));
	}

	private void interrupt(Handling handling, Handler handler, Delivery delivery) {
		if (handling.interrupt(HandlingInterruptedException.timeout(this.limit))) {
			logger.warn("Message {} takes {} longer than {}: the handler is interrupted",
					LogText.of(delivery.message().id()), handler.name(), DurationText.of(this.limit));
			after(this.grace, handling, () -> abandon(handler, delivery));
		}
	}

	private void after(Duration time, Handling handling, Runnable action) {
		handling.onEnd(this.timekeeper.after(time, action)::cancel);
	}

	private void abandon(Handler handler, Delivery delivery) {
		if (delivery.abandon()) {
			logger.warn(
					"{} ignores the interrupt: message {} is given up after {} more and handed back; what the"
							+ " handler still makes of it is refused",
					handler.name(), LogText.of(delivery.message().id()), DurationText.of(this.grace));
		}
	}

}
