package io.pubsub.benchmarks.table;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.pubsub.jdbc.queue.JdbcQueue;
import io.pubsub.jdbc.queue.QueueMessage;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;

/**
 * The queue of this library.
 */
final class PubSubQueue implements TableQueue {

	private static final int BATCH = 100;

	private final JdbcQueue queue;

	private final int concurrency;

	PubSubQueue(JdbcQueue queue, int concurrency) {
		this.queue = queue;
		this.concurrency = concurrency;
	}

	@Override
	public void put(List<String> bodies) {
		for (int from = 0; from < bodies.size(); from += BATCH) {
			this.queue.put(bodies.subList(from, Math.min(from + BATCH, bodies.size()))
				.stream()
				.map(QueueMessage::new)
				.toList());
		}
	}

	@Override
	public void workOff() {
		ExecutorService handlers = Executors.newFixedThreadPool(this.concurrency);
		// As a service does by default: as many wait as are at work.
		this.queue.source(2 * this.concurrency, BackoffPolicy.DEFAULT)
			.start((delivery) -> handlers.execute(() -> handle(delivery)));
	}

	private static void handle(Delivery delivery) {
		if (delivery.begin()) {
			delivery.ack();
		}
	}

	@Override
	public long left() {
		return this.queue.state().outstanding();
	}

}
