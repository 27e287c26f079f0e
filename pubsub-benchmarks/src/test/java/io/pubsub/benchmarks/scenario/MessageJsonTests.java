package io.pubsub.benchmarks.scenario;

import jakarta.validation.ConstraintViolationException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link MessageJson}.
 */
class MessageJsonTests {

	private final MessageJson json = new MessageJson();

	@Test
	void readsWhatItWrote() {
		Order order = Order.now(7);
		assertThat(this.json.read(this.json.write(Order.MEDIA_TYPE, order), Order.class)).isEqualTo(order);
	}

	@Test
	void refusesWhatViolatesAConstraint() {
		String invalid = this.json.write(Order.MEDIA_TYPE, Order.now(7)).replace("TEA-1", "");
		assertThatThrownBy(() -> this.json.read(invalid, Order.class)).isInstanceOf(ConstraintViolationException.class)
			.hasMessageContaining("article");
	}

}
