package io.pubsub.sample.order;

import java.time.Duration;

import io.pubsub.Handles;
import io.pubsub.Outcome;

import org.springframework.stereotype.Component;

/**
 * Reserves what was ordered.
 * <p>
 * SQS may deliver a message more than once, so that the handler must tell whether it has
 * seen an order before.
 */
@Component
class OrderHandler {

	private static final Duration RESTOCKING_TIME = Duration.ofSeconds(1);

	private final Inventory inventory;

	OrderHandler(Inventory inventory) {
		this.inventory = inventory;
	}

	@Handles
	Outcome handle(Order order) {
		return switch (this.inventory.reserve(order.id(), order.lines())) {
			case RESERVED -> Outcome.succeeded();
			case RESERVED_BEFORE -> Outcome.skipped("the order was handled before");
			case RESTOCKING -> Outcome.retry(RESTOCKING_TIME, "an article is being restocked");
		};
	}

}
