package io.pubsub.test;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import io.pubsub.MediaType;
import io.pubsub.transport.AddressRules;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import io.pubsub.transport.internal.SnsRules;

/**
 * A {@link Destination} that remembers what was published, and passes it on to the queues
 * that are linked to its address.
 * <p>
 * Every address exists, except those that {@link #refuse(String, Exception)} names. Safe
 * for use by many threads.
 *
 * @since 0.1.0
 */
public final class InMemoryDestination implements Destination {

	private final List<OutboundMessage> published = new CopyOnWriteArrayList<>();

	private final Map<String, Exception> refused = new ConcurrentHashMap<>();

	private final List<Link> links = new CopyOnWriteArrayList<>();

	/**
	 * Passes on what is published to an address as SNS does by default: the body of the
	 * queue's message is a notification that has the published one, and its attributes,
	 * inside.
	 * @param address the address
	 * @param queue the queue that gets the messages
	 */
	public void link(String address, InMemoryQueue queue) {
		this.links.add(new Link((message) -> message.address().equals(address),
				(id, message) -> queue.send(SnsNotification.toJson(id, message, queue.now()))));
	}

	/**
	 * Passes on what is published to an address as SNS does with raw message delivery:
	 * body and attributes are those that were published.
	 * @param address the address
	 * @param queue the queue that gets the messages
	 */
	public void linkRaw(String address, InMemoryQueue queue) {
		linkRaw((message) -> message.address().equals(address), queue);
	}

	/**
	 * Passes on what is published with a media type, to whatever address, as SNS does
	 * with raw message delivery.
	 * @param mediaType the media type, or a pattern
	 * @param queue the queue that gets the messages
	 */
	public void linkRaw(MediaType mediaType, InMemoryQueue queue) {
		linkRaw((message) -> mediaType.matches(message.mediaType()), queue);
	}

	private void linkRaw(Predicate<OutboundMessage> filter, InMemoryQueue queue) {
		this.links.add(
				new Link(filter, (id, message) -> queue.send(message.body(), message.attributes(), message.groupId())));
	}

	/**
	 * Fails, from now on, what is published to an address.
	 * @param address the address
	 * @param failure the exception that publishing ends with
	 */
	public void refuse(String address, Exception failure) {
		this.refused.put(address, failure);
	}

	/**
	 * Accepts again what is published to an address.
	 * @param address the address
	 */
	public void accept(String address) {
		this.refused.remove(address);
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		return CompletableFuture.completedFuture(messages.stream().map(this::publish).toList());
	}

	/**
	 * The rules of SNS for FIFO topics, whose names end in {@code .fifo}.
	 */
	@Override
	public AddressRules rules() {
		return SnsRules.INSTANCE;
	}

	private PublishResult publish(OutboundMessage message) {
		Exception failure = this.refused.get(message.address());
		if (failure != null) {
			return PublishResult.failed(failure);
		}
		String id = UUID.randomUUID().toString();
		this.published.add(message);
		this.links.stream()
			.filter((link) -> link.filter().test(message))
			.forEach((link) -> link.target().accept(id, message));
		return PublishResult.published(id);
	}

	/**
	 * What was published and not refused.
	 * @return the messages in the order of publishing, as of this moment
	 */
	public List<OutboundMessage> published() {
		return List.copyOf(this.published);
	}

	/**
	 * Forgets what was published until now.
	 */
	public void clear() {
		this.published.clear();
	}

	/**
	 * Forgets what was published, and what was linked and refused.
	 */
	public void reset() {
		this.published.clear();
		this.links.clear();
		this.refused.clear();
	}

	private record Link(Predicate<OutboundMessage> filter, BiConsumer<String, OutboundMessage> target) {

	}

}
