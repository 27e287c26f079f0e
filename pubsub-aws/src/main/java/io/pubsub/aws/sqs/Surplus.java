package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.pubsub.aws.sqs.Deliveries.SqsDelivery;
import io.pubsub.time.Timekeeper;

/**
 * Gives back what was fetched ahead of handlers that have become slow since: others may
 * be free. It looks every few seconds while anything is in flight.
 */
final class Surplus {

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

	private final AtomicBoolean watched = new AtomicBoolean();

	private final Deliveries deliveries;

	private final Demand demand;

	private final Timekeeper time;

	Surplus(Deliveries deliveries, Demand demand, Timekeeper time) {
		this.deliveries = deliveries;
		this.demand = demand;
		this.time = time;
	}

	/**
	 * Begins to look. Call it when something may be in flight.
	 */
	void watch() {
		if (!this.deliveries.isEmpty() && this.watched.compareAndSet(false, true)) {
			this.time.after(LONGEST_WAIT.dividedBy(2), () -> {
				this.watched.set(false);
				giveBack();
				watch();
			});
		}
	}

	// The latest go back: the others are next.
	private void giveBack() {
		List<SqsDelivery> waiting = this.deliveries.waiting();
		long longest = waiting.isEmpty() ? 0 : this.time.nanos() - waiting.get(waiting.size() - 1).waitingSince();
		if (longest >= LONGEST_WAIT.toNanos()) {
			waiting.stream().limit(this.demand.surplus(longest)).forEach(SqsDelivery::takeBack);
		}
	}

}
