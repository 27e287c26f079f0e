package io.pubsub.dispatch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * How long a handler may take before it is interrupted.
 */
final class HandlingTimeLimit {

	private final Duration limit;

	HandlingTimeLimit(Duration limit) {
		if (limit.isNegative() || limit.isZero()) {
			throw new IllegalArgumentException("the maximum handling time must be positive, not " + limit);
		}
		this.limit = limit;
	}

	/**
	 * Interrupts a handler when its time is over.
	 * @param handling the handling, which begins now
	 */
	void watch(Handling handling) {
		CompletableFuture<@Nullable Void> alarm = new CompletableFuture<>();
		CompletableFuture<@Nullable Void> unused = alarm.orTimeout(this.limit.toNanos(), TimeUnit.NANOSECONDS)
			.exceptionally((timeout) -> {
				handling.interrupt(MessageDispatcher.TIMEOUT, "the handler took longer than " + this.limit);
				return null;
			});
		handling.onEnd(() -> alarm.complete(null));
	}

}
