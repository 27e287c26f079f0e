package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;

import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * Claims one message at a time, for a loop of one's own.
 * <p>
 * Safe for use by many threads.
 */
final class Poller {

	private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(50);

	private final QueueEnd end;

	private final QueueStore store;

	private final LeaseKeeper keeper;

	private final Endings endings;

	private final Timekeeper time;

	private final Duration longestInterval;

	Poller(QueueEnd end, QueueStore store, LeaseKeeper keeper, Endings endings, Timekeeper time,
			Duration longestInterval) {
		this.end = end;
		this.store = store;
		this.keeper = keeper;
		this.endings = endings;
		this.time = time;
		this.longestInterval = longestInterval;
	}

	@Nullable Delivery poll(Duration wait) throws InterruptedException {
		Semaphore changes = new Semaphore(0);
		Runnable endOfListening = this.store.listen(changes::release);
		try {
			return poll(this.time.nanos() + wait.toNanos(), changes);
		}
		finally {
			endOfListening.run();
		}
	}

	private @Nullable Delivery poll(long deadline, Semaphore changes) throws InterruptedException {
		Duration interval = SHORTEST_INTERVAL;
		while (true) {
			changes.drainPermits();
			Look look = this.store.look();
			boolean ended = isEnd(look);
			Delivery delivery = claim(look);
			long rest = deadline - this.time.nanos();
			if (delivery != null || ended || rest <= 0) {
				return delivery;
			}
			await(Math.min(rest, interval.toNanos()), changes);
			interval = longer(interval);
		}
	}

	private boolean isEnd(Look look) {
		synchronized (this.end) {
			return this.end.isReached(look);
		}
	}

	private @Nullable Delivery claim(Look look) {
		if (look.expired()) {
			this.store.tidy();
		}
		if (!look.due() && !look.expired()) {
			return null;
		}
		long before = this.time.nanos();
		List<Claim> claims = this.store.claim(1);
		return claims.isEmpty() ? null
				: PolledMessage.deliver(claims.get(0), before, this.store, this.keeper, this.endings);
	}

	private void await(long nanos, Semaphore changes) throws InterruptedException {
		Timekeeper.Task task = this.time.after(Duration.ofNanos(nanos), changes::release);
		try {
			changes.acquire();
		}
		finally {
			task.cancel();
		}
	}

	private Duration longer(Duration interval) {
		Duration doubled = interval.multipliedBy(2);
		return (doubled.compareTo(this.longestInterval) < 0) ? doubled : this.longestInterval;
	}

}
