package io.pubsub.test;

import java.util.List;
import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.transport.OutboundMessage;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PublishedMessagesAssert}.
 */
class PublishedMessagesAssertTests {

	private static final String CREATED = "application/vnd.example.pubsub._.created.order";

	private static final String DELETED = "application/vnd.example.pubsub._.deleted.order";

	private final List<OutboundMessage> published = List.of(message(CREATED), message(DELETED));

	@Test
	void passesWhenNothingWasPublished() {
		assertThat(List.<OutboundMessage>of()).isEmpty();
	}

	@Test
	void failsWhenSomethingWasPublished() {
		fails(() -> assertThat(this.published).isEmpty());
	}

	@Test
	void passesWhenMediaTypesAreInOrder() {
		assertThat(this.published).hasMediaTypes(CREATED, DELETED);
	}

	@Test
	void failsWhenMediaTypesAreInAnotherOrder() {
		fails(() -> assertThat(this.published).hasMediaTypes(DELETED, CREATED));
	}

	@Test
	void failsWhenMoreWasPublished() {
		fails(() -> assertThat(this.published).hasMediaTypes(CREATED));
	}

	@Test
	void passesWhenMediaTypesAreInAnyOrder() {
		assertThat(this.published).hasMediaTypesInAnyOrder(DELETED, CREATED);
	}

	@Test
	void failsWhenMediaTypeIsMissingInAnyOrder() {
		fails(() -> assertThat(this.published).hasMediaTypesInAnyOrder(CREATED, CREATED));
	}

	@Test
	void assertsOnTheOnlyMessage() {
		assertThat(List.of(message(CREATED))).singleElement().hasMediaType(CREATED).hasAddress("topic");
	}

	@Test
	void assertsOnEachMessageInOrder() {
		assertThat(this.published).satisfiesExactly((first) -> assertThat(first).hasMediaType(CREATED),
				(second) -> assertThat(second).hasMediaType(DELETED));
	}

	@Test
	void assertsOnMessagesThatAreLeftAfterFiltering() {
		assertThat(this.published).filteredOn(OutboundMessage::mediaType, new MediaType(DELETED))
			.singleElement()
			.hasMediaType(DELETED);
	}

	private static void fails(Runnable assertion) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion::run);
	}

	private static OutboundMessage message(String mediaType) {
		return new OutboundMessage("topic", new MediaType(mediaType), "{}", Map.of());
	}

}
