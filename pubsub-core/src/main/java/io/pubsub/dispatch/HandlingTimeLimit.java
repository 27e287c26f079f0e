package io.pubsub.dispatch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.pubsub.internal.DurationText;
import io.pubsub.internal.LogText;
import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a handler may take before it is interrupted, and how long it may then take to
 * end before its message is given to somebody else.
 */
final class HandlingTimeLimit {

	private static final Logger logger = LoggerFactory.getLogger(MessageDispatcher.class);

	private static final int GRACE_PART = 10;

	private static final Duration SHORTEST_GRACE = Duration.ofSeconds(1);

	private final Duration limit;

	private final Duration grace;

	HandlingTimeLimit(Duration limit) {
		if (limit.isNegative() || limit.isZero()) {
			throw new IllegalArgumentException(
					"the maximum handling time must be positive, not " + DurationText.of(limit));
		}
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
		CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
		handling.onEnd(() -> end.complete(null));
		unlessWithin(this.limit, end, () -> {
			if (handling.interrupt(new HandlingInterruptedException(HandlingInterruptedException.Reason.TIMEOUT,
					"the handler took longer than " + DurationText.of(this.limit)))) {
				logger.warn("Message {} takes {} longer than {}: the handler is interrupted",
						LogText.of(delivery.message().id()), handler.name(), DurationText.of(this.limit));
				unlessWithin(this.grace, end, () -> abandon(handler, delivery));
			}
		});
	}

	private void abandon(Handler handler, Delivery delivery) {
		if (delivery.abandon()) {
			logger.warn(
					"{} ignores the interrupt: message {} is given up after {} more and handed back; what the"
							+ " handler still makes of it is refused",
					handler.name(), LogText.of(delivery.message().id()), DurationText.of(this.grace));
		}
	}

	private static void unlessWithin(Duration time, CompletableFuture<?> end, Runnable action) {
		CompletableFuture<?> unused = end.copy()
			.orTimeout(time.toNanos(), TimeUnit.NANOSECONDS)
			.whenComplete((result, timeout) -> {
				if (timeout != null) {
					action.run();
				}
			});
	}

}
