package io.pubsub.daemon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.pubsub.transport.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Who wants a subscription to pause, or to have no more than some messages in flight: the
 * lowest limit holds, also for the subscription that comes after it. The lock is this
 * object.
 */
final class Pauses {

	@GuardedBy("this")
	private final Map<Object, Integer> limits = new HashMap<>();

	private final Supplier<@Nullable Subscription> current;

	Pauses(Supplier<@Nullable Subscription> current) {
		this.current = current;
	}

	synchronized void limit(Object holder, int messages) {
		int before = lowest();
		this.limits.put(holder, messages);
		update(before);
	}

	synchronized void remove(Object holder) {
		int before = lowest();
		this.limits.remove(holder);
		update(before);
	}

	/**
	 * The limit that holds.
	 * @return the lowest of all; {@link Integer#MAX_VALUE} if there is none
	 */
	synchronized int lowest() {
		return this.limits.values().stream().mapToInt(Integer::intValue).min().orElse(Integer.MAX_VALUE);
	}

	/**
	 * Whether there is a pause that ends with that of one holder.
	 * @param holder the holder
	 * @return {@code true} if it is the only one that pauses
	 */
	synchronized boolean isPausedOnlyBy(Object holder) {
		return this.limits.entrySet()
			.stream()
			.filter((limit) -> limit.getValue() == 0)
			.map(Map.Entry::getKey)
			.toList()
			.equals(List.of(holder));
	}

	/**
	 * Tells the current subscription of the limit, if it has another one.
	 * @param known the limit that it has
	 */
	synchronized void update(int known) {
		int lowest = lowest();
		Subscription subscription = this.current.get();
		if (lowest != known && subscription != null) {
			subscription.limit(lowest);
		}
	}

}
