package io.pubsub.sample.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.pubsub.sample.order.Order;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

/**
 * The bundled input.
 *
 * @param notices the texts that are announced
 * @param orders the orders: the first twice, one for an article that is not in stock
 * @param foreign bodies that others publish; this service would let none of them pass
 */
record DemoInput(List<String> notices, List<Order> orders, List<String> foreign) {

	static DemoInput load(JsonMapper mapper) throws IOException {
		List<Order> orders = lines("orders.jsonl").stream().map((line) -> mapper.readValue(line, Order.class)).toList();
		return new DemoInput(lines("notices.txt"), orders, lines("foreign.jsonl"));
	}

	private static List<String> lines(String name) throws IOException {
		ClassPathResource resource = new ClassPathResource("demo/" + name);
		return resource.getContentAsString(StandardCharsets.UTF_8).lines().toList();
	}

	int size() {
		return this.notices.size() + this.orders.size() + this.foreign.size();
	}

	// Each order that was not there before is reserved in the end.
	int reservations() {
		return (int) this.orders.stream().map(Order::id).distinct().count();
	}

}
