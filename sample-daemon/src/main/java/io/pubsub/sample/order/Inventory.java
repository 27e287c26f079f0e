package io.pubsub.sample.order;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import org.springframework.stereotype.Component;

/**
 * The articles in stock, and the orders that have their part of them. What is short is
 * restocked, and is there the next time. Safe for use by many threads.
 */
@Component
class Inventory {

	private static final int PLENTY = 10_000;

	@GuardedBy("this")
	private final Map<String, Integer> stock = new HashMap<>(Map.of("TEA-1", PLENTY, "CUP-7", PLENTY));

	@GuardedBy("this")
	private final Set<UUID> orders = new HashSet<>();

	/**
	 * Reserves all lines of an order, or none.
	 * @param order the id of the order
	 * @param lines the lines of the order
	 * @return the result of the reservation
	 */
	synchronized Reservation reserve(UUID order, List<OrderLine> lines) {
		if (this.orders.contains(order)) {
			return Reservation.RESERVED_BEFORE;
		}
		Map<String, Integer> wanted = new HashMap<>();
		lines.forEach((line) -> wanted.merge(line.article(), line.quantity(), Integer::sum));
		Map<String, Integer> missing = new HashMap<>();
		wanted.forEach((article, quantity) -> {
			if (this.stock.getOrDefault(article, 0) < quantity) {
				missing.put(article, quantity);
			}
		});
		if (!missing.isEmpty()) {
			missing.forEach((article, quantity) -> this.stock.merge(article, quantity, Integer::sum));
			return Reservation.RESTOCKING;
		}
		wanted.forEach((article, quantity) -> this.stock.merge(article, -quantity, Integer::sum));
		this.orders.add(order);
		return Reservation.RESERVED;
	}

	/**
	 * What can become of a reservation.
	 */
	enum Reservation {

		/** The articles are set aside. */
		RESERVED,

		/** They had been set aside already. */
		RESERVED_BEFORE,

		/** An article is short and on its way: ask again. */
		RESTOCKING

	}

}
