package io.pubsub.benchmarks.worker;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.pubsub.benchmarks.client.Clients;
import io.pubsub.benchmarks.client.RequestCounter;
import io.pubsub.benchmarks.measurement.Measurement;
import io.pubsub.benchmarks.process.Signal;
import io.pubsub.benchmarks.publish.Publisher;
import io.pubsub.benchmarks.publish.Publishers;
import io.pubsub.benchmarks.scenario.Job;
import io.pubsub.benchmarks.scenario.Order;
import io.pubsub.benchmarks.scenario.Scenario;

/**
 * Measures a contender that publishes.
 */
final class Publishing {

	// More are not let loose at the same time, so that no client has to queue them.
	private static final int OUTSTANDING = 100;

	private Publishing() {
	}

	static Measurement measure(Job job) {
		RequestCounter requests = new RequestCounter();
		Stopwatch stopwatch = new Stopwatch(requests);
		Publisher publisher = Publishers.start(job.contender(), new Clients(job.endpoint(), requests), job.address());
		Signal.READY.send("");
		List<Order> warmUp = orders(0, job.warmUp());
		List<Order> orders = orders(job.warmUp(), job.total());
		int done = publish(job.scenario(), publisher, warmUp);
		stopwatch.begin();
		done += publish(job.scenario(), publisher, orders);
		stopwatch.end();
		return stopwatch.measurement(done, 0, job.messages(), new long[0]);
	}

	private static List<Order> orders(int from, int to) {
		return IntStream.range(from, to).mapToObj(Order::now).toList();
	}

	private static int publish(Scenario scenario, Publisher publisher, List<Order> orders) {
		return switch (scenario) {
			case PUBLISH_ONE -> one(publisher, orders);
			case PUBLISH_ASYNC -> async(publisher, orders);
			case PUBLISH_ALL -> publisher.publishAll(orders);
			default -> throw new IllegalArgumentException("%s does not publish".formatted(scenario));
		};
	}

	private static int one(Publisher publisher, List<Order> orders) {
		orders.forEach(publisher::publish);
		return orders.size();
	}

	private static int async(Publisher publisher, List<Order> orders) {
		Semaphore free = new Semaphore(OUTSTANDING);
		AtomicInteger published = new AtomicInteger();
		for (Order order : orders) {
			free.acquireUninterruptibly();
			CompletableFuture<?> unused = publisher.publishAsync(order).whenComplete((answer, failure) -> {
				published.addAndGet((failure != null) ? 0 : 1);
				free.release();
			});
		}
		free.acquireUninterruptibly(OUTSTANDING);
		return published.get();
	}

}
