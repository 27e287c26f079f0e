package io.pubsub.sample.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

import io.pubsub.Outcome.Kind;
import io.pubsub.autoconfigure.test.PubSubTest;
import io.pubsub.test.PubSubTester;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.pubsub.test.PubSubAssertions.assertThat;

/**
 * Tests for the service and its orders, from the queue to the outcome.
 */
@PubSubTest(properties = "pubsub.producer.topics.default=orders")
class OrderServiceTests {

	@Autowired
	private PubSubTester pubsub;

	@Test
	void skipsAnOrderThatIsDeliveredTwiceAndTellsOfItOnce() {
		Order order = order("TEA-1");
		assertThat(this.pubsub.send(order)).isSucceeded();
		assertThat(this.pubsub.send(order)).isSkipped();
		assertThat(this.pubsub.published()).singleElement()
			.hasMediaType("application/vnd.example.pubsub._.created.reservation")
			.content()
			.containsEntry("order", order.id().toString());
	}

	@Test
	void reservesWhatWasRestockedASecondLater() {
		assertThat(this.pubsub.send(order("KETTLE-3"))).isRetried();
		assertThat(this.pubsub.published()).isEmpty();
		this.pubsub.advance(Duration.ofSeconds(1));
		assertThat(this.pubsub.outcomes()).hasKinds(Kind.RETRIED, Kind.SUCCEEDED);
	}

	@Test
	void refusesAnOrderWithoutLines() {
		assertThat(this.pubsub.sendBody("""
				{"mediaType": "application/vnd.example.pubsub._.created.order",
				 "id": "7f4b2d60-1c4e-4a3c-9d3e-0f2a86a3b9d1", "lines": []}""")).isFailed().hasReason("invalid");
	}

	private static Order order(String article) {
		BigDecimal price = new BigDecimal("4.20");
		return new Order(UUID.randomUUID(), Instant.EPOCH, "ada@example.com", Currency.getInstance("EUR"), price,
				List.of(new OrderLine(article, 1, price)));
	}

}
