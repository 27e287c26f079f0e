package io.pubsub.benchmarks.scenario;

import java.util.Set;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes orders as messages, and reads and validates them, for contenders that leave that
 * to the user. Safe for use by many threads.
 */
public final class OrderJson {

	private final JsonMapper json = JsonMapper.builder().build();

	private final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

	/**
	 * Write an order, in the form that this library reads; the others overlook what they
	 * do not know.
	 * @param order the order
	 * @return the JSON
	 */
	public String write(Order order) {
		ObjectNode message = this.json.valueToTree(valid(order));
		message.put("mediaType", Order.MEDIA_TYPE);
		message.putObject("opaqueData");
		return this.json.writeValueAsString(message);
	}

	/**
	 * Read and validate an order.
	 * @param body the JSON
	 * @return the order
	 * @throws ConstraintViolationException if it violates a constraint
	 */
	public Order read(String body) {
		return valid(this.json.readValue(body, Order.class));
	}

	private Order valid(Order order) {
		Set<ConstraintViolation<Order>> violations = this.validator.validate(order);
		if (!violations.isEmpty()) {
			throw new ConstraintViolationException(violations);
		}
		return order;
	}

}
