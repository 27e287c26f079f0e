package io.pubsub.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.pubsub.MediaType;
import io.pubsub.transport.OutboundMessage;
import org.assertj.core.api.AbstractListAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions on published messages: those of any list, with a
 * {@link PublishedMessageAssert} for each of its elements.
 *
 * @since 0.1.0
 */
public final class PublishedMessagesAssert extends
		AbstractListAssert<PublishedMessagesAssert, List<OutboundMessage>, OutboundMessage, PublishedMessageAssert> {

	PublishedMessagesAssert(@Nullable List<OutboundMessage> actual) {
		super(actual, PublishedMessagesAssert.class);
	}

	/**
	 * Verifies that messages of these media types, and no others, were published in this
	 * order.
	 * @param mediaTypes the media types
	 * @return this
	 */
	public PublishedMessagesAssert hasMediaTypes(String... mediaTypes) {
		extracting(OutboundMessage::mediaType).containsExactlyElementsOf(toMediaTypes(mediaTypes));
		return this;
	}

	/**
	 * Verifies that messages of these media types, and no others, were published in
	 * whatever order.
	 * @param mediaTypes the media types
	 * @return this
	 */
	public PublishedMessagesAssert hasMediaTypesInAnyOrder(String... mediaTypes) {
		extracting(OutboundMessage::mediaType).containsExactlyInAnyOrderElementsOf(toMediaTypes(mediaTypes));
		return this;
	}

	private static List<MediaType> toMediaTypes(String... mediaTypes) {
		return Arrays.stream(mediaTypes).map(MediaType::new).toList();
	}

	@Override
	protected PublishedMessageAssert toAssert(OutboundMessage value, String description) {
		return new PublishedMessageAssert(value).as(description);
	}

	@Override
	protected PublishedMessagesAssert newAbstractIterableAssert(Iterable<? extends OutboundMessage> iterable) {
		List<OutboundMessage> messages = new ArrayList<>();
		iterable.forEach(messages::add);
		return new PublishedMessagesAssert(messages);
	}

}
