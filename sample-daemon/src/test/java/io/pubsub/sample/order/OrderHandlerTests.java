package io.pubsub.sample.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

import io.pubsub.Outcome.Kind;
import io.pubsub.test.PubSubTester;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;

/**
 * Tests for {@link OrderHandler}, without Spring.
 */
class OrderHandlerTests {

	private final PubSubTester pubsub = PubSubTester.builder()
		.organization("example")
		.schemas(OrderReserved.class)
		.publishingHandler((producer) -> new OrderHandler(new Inventory(), producer))
		.build();

	@Test
	void reservesWhatIsInStock() {
		assertThat(this.pubsub.send(order("TEA-1"))).isSucceeded();
	}

	@Test
	void skipsWhatWasHandledBefore() {
		Order order = order("TEA-1");
		this.pubsub.send(order);
		assertThat(this.pubsub.send(order)).isSkipped().hasReason("the order was handled before");
	}

	@Test
	void asksForRetryWhileAnArticleIsRestocked() {
		assertThat(this.pubsub.send(order("KETTLE-3"))).isRetried().retriesAfter(Duration.ofSeconds(1));
	}

	@Test
	void reservesWhatWasRestocked() {
		Order order = order("KETTLE-3");
		this.pubsub.send(order);
		this.pubsub.advance(Duration.ofSeconds(1));
		assertThat(this.pubsub.outcomes()).hasKinds(Kind.RETRIED, Kind.SUCCEEDED);
	}

	private static Order order(String article) {
		BigDecimal price = new BigDecimal("4.20");
		return new Order(UUID.randomUUID(), Instant.EPOCH, "ada@example.com", Currency.getInstance("EUR"), price,
				List.of(new OrderLine(article, 1, price)));
	}

}
