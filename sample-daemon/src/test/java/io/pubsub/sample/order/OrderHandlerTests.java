package io.pubsub.sample.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;

/**
 * Tests for {@link OrderHandler}.
 */
class OrderHandlerTests {

	private final OrderHandler handler = new OrderHandler(new Inventory());

	@Test
	void reservesWhatIsInStock() {
		assertThat(this.handler.handle(order("TEA-1"))).isSucceeded();
	}

	@Test
	void skipsWhatWasHandledBefore() {
		Order order = order("TEA-1");
		this.handler.handle(order);
		assertThat(this.handler.handle(order)).isSkipped().hasReason("the order was handled before");
	}

	@Test
	void asksForRetryWhileAnArticleIsRestocked() {
		assertThat(this.handler.handle(order("KETTLE-3"))).isRetried().retriesAfter(Duration.ofSeconds(1));
	}

	@Test
	void reservesWhatWasRestocked() {
		Order order = order("KETTLE-3");
		this.handler.handle(order);
		assertThat(this.handler.handle(order)).isSucceeded();
	}

	private static Order order(String article) {
		BigDecimal price = new BigDecimal("4.20");
		return new Order(UUID.randomUUID(), Instant.EPOCH, "ada@example.com", Currency.getInstance("EUR"), price,
				List.of(new OrderLine(article, 1, price)));
	}

}
