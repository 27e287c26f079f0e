package io.pubsub.dispatch;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

import io.pubsub.transport.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Who wants a subscription to pause: it does as long as anybody wants it, and so does the
 * one that comes after it. The lock is this object.
 */
final class Pauses {

	private final Set<Object> holders = new HashSet<>();

	private final Supplier<@Nullable Subscription> current;

	Pauses(Supplier<@Nullable Subscription> current) {
		this.current = current;
	}

	synchronized void add(Object holder) {
		if (this.holders.add(holder)) {
			keep();
		}
	}

	synchronized void remove(Object holder) {
		Subscription subscription = this.current.get();
		if (this.holders.remove(holder) && this.holders.isEmpty() && subscription != null) {
			subscription.resume();
		}
	}

	/**
	 * Pauses the current subscription too, if anybody wants that.
	 */
	synchronized void keep() {
		Subscription subscription = this.current.get();
		if (!this.holders.isEmpty() && subscription != null) {
			subscription.pause();
		}
	}

}
