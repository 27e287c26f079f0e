package io.pubsub.benchmarks.scenario;

import jakarta.validation.ConstraintViolationException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link OrderJson}.
 */
class OrderJsonTests {

	private final OrderJson json = new OrderJson();

	@Test
	void readsWhatItWrote() {
		Order order = Order.now(7);
		assertThat(this.json.read(this.json.write(order))).isEqualTo(order);
	}

	@Test
	void refusesWhatViolatesAConstraint() {
		String invalid = this.json.write(Order.now(7)).replace("TEA-1", "");
		assertThatThrownBy(() -> this.json.read(invalid)).isInstanceOf(ConstraintViolationException.class)
			.hasMessageContaining("article");
	}

}
