package io.pubsub.publish;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.pubsub.internal.LogText;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link Destination} that publishes nothing, and makes up the ids.
 */
final class UnpublishedDestination implements Destination {

	private static final Logger logger = LoggerFactory.getLogger(SnsProducer.class);

	private final Consumer<OutboundMessage> instead;

	private UnpublishedDestination(Consumer<OutboundMessage> instead) {
		this.instead = instead;
	}

	static Destination logging() {
		return new UnpublishedDestination(
				(message) -> logger.info("Not published, as the producer only logs: {} to {}, {} bytes",
						message.mediaType(), LogText.of(message.address()), message.sizeInBytes()));
	}

	static Destination discarding() {
		return new UnpublishedDestination((message) -> {
		});
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		messages.forEach(this.instead);
		return CompletableFuture.completedFuture(results(messages));
	}

	static List<PublishResult> results(List<OutboundMessage> messages) {
		return messages.stream().map((message) -> PublishResult.published(madeUpId())).toList();
	}

	static String madeUpId() {
		return "local-" + UUID.randomUUID();
	}

}
