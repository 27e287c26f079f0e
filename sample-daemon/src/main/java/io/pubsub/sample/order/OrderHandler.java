package io.pubsub.sample.order;

import java.time.Duration;

import io.pubsub.DeferPublishing;
import io.pubsub.Handles;
import io.pubsub.Outcome;
import io.pubsub.publish.SnsProducer;

import org.springframework.stereotype.Component;

/**
 * Reserves what was ordered, and tells so when the order is done with: what a method with
 * {@link DeferPublishing} produces is published only if its message succeeds.
 * <p>
 * SQS may deliver a message more than once, so that the handler must tell whether it has
 * seen an order before.
 */
@Component
class OrderHandler {

	private static final Duration RESTOCKING_TIME = Duration.ofSeconds(1);

	private final Inventory inventory;

	private final SnsProducer producer;

	OrderHandler(Inventory inventory, SnsProducer producer) {
		this.inventory = inventory;
		this.producer = producer;
	}

	@Handles
	@DeferPublishing
	Outcome handle(Order order) {
		// Waits for the outcome, and is dropped if that is not a success.
		this.producer.produce(new OrderReserved(order.id()));
		return switch (this.inventory.reserve(order.id(), order.lines())) {
			case RESERVED -> Outcome.succeeded();
			case RESERVED_BEFORE -> Outcome.skipped("the order was handled before");
			case RESTOCKING -> Outcome.retry(RESTOCKING_TIME, "an article is being restocked");
		};
	}

}
