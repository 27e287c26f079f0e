package io.pubsub.transport.internal;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.pubsub.transport.TrackedDelivery;

/**
 * How a subscription that keeps its deliveries in memory lets go of them.
 */
public final class Drain {

	private Drain() {
	}

	/**
	 * Takes back what nobody has begun, and waits until the rest is settled or the time
	 * is over.
	 * @param inFlight the deliveries
	 * @param takenBack the listener for each that was taken back, which completes it
	 * @param longest the longest time to wait, by the clock of the system: the wait holds
	 * up its caller, who may be the only one to move the clock of a test
	 */
	public static void of(Collection<TrackedDelivery> inFlight, Consumer<TrackedDelivery> takenBack, Duration longest) {
		CompletableFuture<?>[] begun = inFlight.stream()
			.filter((delivery) -> !isTakenBack(delivery, takenBack))
			.map((delivery) -> delivery.settled().toCompletableFuture())
			.toArray(CompletableFuture<?>[]::new);
		CompletableFuture.allOf(begun).completeOnTimeout(null, longest.toNanos(), TimeUnit.NANOSECONDS).join();
	}

	private static boolean isTakenBack(TrackedDelivery delivery, Consumer<TrackedDelivery> takenBack) {
		boolean back = delivery.takeBack();
		if (back) {
			takenBack.accept(delivery);
		}
		return back;
	}

}
