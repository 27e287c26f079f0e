package io.pubsub.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.pubsub.transport.Delivery;
import io.pubsub.transport.Receiver;
import io.pubsub.transport.Source;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;

/**
 * {@link Receiver} that keeps what it receives and does nothing else with it.
 */
final class TestConsumer implements Receiver {

	private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();

	private final Subscription subscription;

	private volatile boolean blocked;

	TestConsumer(Source source) {
		this.subscription = source.start(this);
	}

	@Override
	public void receive(Delivery delivery) {
		this.deliveries.add(delivery);
	}

	@Override
	public void blocked() {
		this.blocked = true;
	}

	@Override
	public void unblocked() {
		this.blocked = false;
	}

	/**
	 * Waits until the source says that it is blocked, or no longer is.
	 * @param blocked the state to wait for
	 */
	void awaitBlocked(boolean blocked) {
		Awaitility.await().until(() -> this.blocked == blocked);
	}

	/**
	 * Waits for a delivery.
	 * @param number the number of the delivery, from 1, in the order in which they come
	 * @return the delivery
	 */
	Delivery await(int number) {
		Awaitility.await("delivery " + number)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> this.deliveries.size() >= number);
		return this.deliveries.get(number - 1);
	}

	List<Delivery> deliveries() {
		return this.deliveries;
	}

	List<String> bodies() {
		return this.deliveries.stream().map((delivery) -> delivery.message().body()).toList();
	}

	Subscription subscription() {
		return this.subscription;
	}

}
