package io.pubsub.test;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.Source;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InMemoryDestination}.
 */
class InMemoryDestinationTests extends DestinationContract {

	private static final String ADDRESS = "arn:aws:sns:us-east-1:000000000000:orders";

	private static final String REFUSED = "arn:aws:sns:us-east-1:000000000000:refused";

	private static final OutboundMessage MESSAGE = new OutboundMessage(ADDRESS, new MediaType("application/json"),
			"{\"number\": 1}", Map.of("media_type", "application/json"), "customer-1", null);

	private final IOException failure = new IOException("expected");

	private final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	private final InMemoryDestination destination = new InMemoryDestination();

	@BeforeEach
	void linkAndRefuse() {
		this.destination.linkRaw(ADDRESS, this.queue);
		this.destination.refuse(REFUSED, this.failure);
	}

	@Test
	void remembersWhatWasPublishedInOrder() {
		OutboundMessage other = new OutboundMessage("elsewhere", MESSAGE.mediaType(), "{}", Map.of());
		this.destination.publish(List.of(MESSAGE, other));
		this.destination.publish(List.of(MESSAGE));
		assertThat(this.destination.published()).containsExactly(MESSAGE, other, MESSAGE);
	}

	@Test
	void forgetsWhatWasPublishedWhenCleared() {
		this.destination.publish(List.of(MESSAGE));
		this.destination.clear();
		assertThat(this.destination.published()).isEmpty();
	}

	@Test
	void doesNotRememberWhatItRefused() {
		this.destination.refuse(ADDRESS, this.failure);
		this.destination.publish(List.of(MESSAGE));
		assertThat(this.destination.published()).isEmpty();
		assertThat(this.queue.size()).isZero();
	}

	@Test
	void failsWithTheFailureThatWasGiven() {
		this.destination.refuse(ADDRESS, this.failure);
		assertThat(this.destination.publish(List.of(MESSAGE)))
			.isCompletedWithValue(List.of(PublishResult.failed(this.failure)));
	}

	@Test
	void acceptsAgainWhatItRefused() {
		this.destination.refuse(ADDRESS, this.failure);
		this.destination.accept(ADDRESS);
		this.destination.publish(List.of(MESSAGE));
		assertThat(this.destination.published()).containsExactly(MESSAGE);
	}

	@Test
	void passesTheGroupOn() {
		this.destination.publish(List.of(MESSAGE));
		assertThat(new TestConsumer(this.queue.source()).await(1).message().groupId()).isEqualTo("customer-1");
	}

	@Test
	void passesOnToAllLinkedQueues() {
		InMemoryQueue other = new InMemoryQueue(new TestClock());
		this.destination.linkRaw(ADDRESS, other);
		this.destination.publish(List.of(MESSAGE));
		assertThat(this.queue.size()).isEqualTo(1);
		assertThat(other.size()).isEqualTo(1);
	}

	@Test
	void passesOnByMediaType() {
		InMemoryQueue other = new InMemoryQueue(new TestClock());
		this.destination.linkRaw(new MediaType("application/json"), other);
		this.destination.linkRaw(new MediaType("application/xml"), other);
		this.destination.publish(List.of(MESSAGE));
		assertThat(other.size()).isEqualTo(1);
	}

	@Test
	void wrapsMessageAsNotification() {
		JsonNode notification = publishWrapped();
		assertThat(notification.path("Type").asString()).isEqualTo("Notification");
		assertThat(notification.path("TopicArn").asString()).isEqualTo(ADDRESS);
		assertThat(notification.path("Message").asString()).isEqualTo(MESSAGE.body());
		assertThat(notification.path("Timestamp").asString()).isEqualTo("2026-01-01T00:00:00Z");
	}

	@Test
	void wrapsAttributesInTheNotification() {
		JsonNode attribute = publishWrapped().path("MessageAttributes").path("media_type");
		assertThat(attribute.path("Type").asString()).isEqualTo("String");
		assertThat(attribute.path("Value").asString()).isEqualTo("application/json");
	}

	private JsonNode publishWrapped() {
		InMemoryQueue wrapped = new InMemoryQueue(new TestClock());
		this.destination.link(ADDRESS, wrapped);
		this.destination.publish(List.of(MESSAGE));
		return new JsonMapper().readTree(new TestConsumer(wrapped.source()).await(1).message().body());
	}

	@Override
	protected Destination destination() {
		return this.destination;
	}

	@Override
	protected String address() {
		return ADDRESS;
	}

	@Override
	protected String unknownAddress() {
		return REFUSED;
	}

	@Override
	protected Source arrivals() {
		return this.queue.source(25, BackoffPolicy.fixed(BackoffPolicy.LONGEST_DELAY));
	}

}
