package io.pubsub.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.pubsub.MediaType;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises that every {@link Destination} keeps. The test of a destination extends
 * this class.
 *
 * @since 0.1.0
 */
public abstract class DestinationContract {

	private static final MediaType MEDIA_TYPE = new MediaType("application/vnd.example.pubsub._.created.order");

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final List<TestConsumer> consumers = new ArrayList<>();

	/**
	 * The destination.
	 * @return the same one until the end of the test
	 */
	protected abstract Destination destination();

	/**
	 * Where to publish.
	 * @return an address whose messages come to {@link #arrivals()}
	 */
	protected abstract String address();

	/**
	 * Where nothing can be published.
	 * @return an address that is well-formed and does not exist
	 */
	protected abstract String unknownAddress();

	/**
	 * What reads the messages of the address as they were published: by raw delivery.
	 * @return a source with a limit of at least 25, on a queue that nobody else uses
	 */
	protected abstract Source arrivals();

	@AfterEach
	void stopConsumers() {
		this.consumers.forEach((consumer) -> consumer.subscription().stop(Duration.ZERO));
	}

	@Test
	void deliversTheBody() {
		publish(message(address(), "{\"number\": 1}"));
		assertThat(consume().await(1)).hasBody("{\"number\": 1}");
	}

	@Test
	void deliversTheAttributes() {
		Map<String, String> attributes = Map.of("media_type", MEDIA_TYPE.value(), "origin", "Zürich");
		publish(new OutboundMessage(address(), MEDIA_TYPE, "{}", attributes));
		assertThat(consume().await(1).message().attributes()).containsAllEntriesOf(attributes);
	}

	@Test
	void deliversUnicodeIntact() {
		String body = "{\"text\": \"Grüße, 漢字, עברית \\\" & < > ' \\n\t\"}\n";
		publish(message(address(), body));
		assertThat(consume().await(1)).hasBody(body);
	}

	@Test
	@Tag("supplementary-characters")
	void deliversSupplementaryCharactersIntact() {
		String body = "{\"text\": \"🚀 👩‍🚀 🇨🇭 𝔸\"}";
		publish(message(address(), body));
		assertThat(consume().await(1)).hasBody(body);
	}

	@Test
	void deliversLargeBodiesOfOneCall() {
		String body = "0123456789é".repeat(10_000);
		publish(message(address(), body + 1), message(address(), body + 2), message(address(), body + 3));
		TestConsumer consumer = consume();
		consumer.await(3);
		assertThat(consumer.bodies()).containsExactlyInAnyOrder(body + 1, body + 2, body + 3);
	}

	@Test
	void deliversAllMessagesOfOneCall() {
		List<String> bodies = IntStream.rangeClosed(1, 25)
			.mapToObj((number) -> "{\"number\": " + number + "}")
			.toList();
		publish(bodies.stream().map((body) -> message(address(), body)).toArray(OutboundMessage[]::new));
		TestConsumer consumer = consume();
		consumer.await(25);
		assertThat(consumer.bodies()).containsExactlyInAnyOrderElementsOf(bodies);
	}

	@Test
	void givesOneIdToEveryMessage() {
		List<PublishResult> results = publish(message(address(), "{}"), message(address(), "{}"),
				message(address(), "{}"));
		assertThat(results).hasSize(3)
			.allMatch(PublishResult::isPublished)
			.extracting(PublishResult::messageId)
			.doesNotContainNull()
			.doesNotHaveDuplicates();
	}

	@Test
	void whenThereIsNothingToPublishGivesNoResults() {
		assertThat(publish()).isEmpty();
	}

	@Test
	void whenAddressIsUnknownFailsOnlyItsMessages() {
		List<PublishResult> results = publish(message(address(), "{}"), message(unknownAddress(), "{}"),
				message(address(), "{}"));
		assertThat(results).extracting(PublishResult::isPublished).containsExactly(true, false, true);
	}

	@Test
	void whenAddressIsUnknownSaysSo() {
		assertThat(publish(message(unknownAddress(), "{}"))).singleElement()
			.extracting(PublishResult::failure)
			.isNotNull();
	}

	@Test
	void whenAddressIsUnknownDeliversTheOthers() {
		publish(message(unknownAddress(), "{\"number\": 1}"), message(address(), "{\"number\": 2}"));
		assertThat(consume().await(1)).hasBody("{\"number\": 2}");
	}

	private List<PublishResult> publish(OutboundMessage... messages) {
		CompletableFuture<List<PublishResult>> results = destination().publish(List.of(messages));
		assertThat(results).succeedsWithin(PATIENCE);
		return results.join();
	}

	private static OutboundMessage message(String address, String body) {
		return new OutboundMessage(address, MEDIA_TYPE, body, Map.of());
	}

	private TestConsumer consume() {
		TestConsumer consumer = new TestConsumer(arrivals());
		this.consumers.add(consumer);
		return consumer;
	}

}
