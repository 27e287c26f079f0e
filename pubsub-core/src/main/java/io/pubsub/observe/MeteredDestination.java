package io.pubsub.observe;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.PublishResult;
import org.jspecify.annotations.Nullable;

/**
 * Times what another {@link Destination} does with every message.
 *
 * @since 0.1.0
 */
public final class MeteredDestination implements Destination {

	/**
	 * The timer from the call to its result.
	 */
	public static final String PUBLISH = "pubsub.producer.publish";

	private final Destination destination;

	private final MeterRegistry registry;

	private final MediaTypeTag mediaTypes;

	/**
	 * Makes a destination.
	 * @param destination the destination that publishes
	 * @param registry the registry of the timer
	 * @param mediaTypes the tag for media types, which bounds the tag values
	 */
	public MeteredDestination(Destination destination, MeterRegistry registry, MediaTypeTag mediaTypes) {
		this.destination = destination;
		this.registry = registry;
		this.mediaTypes = mediaTypes;
	}

	@Override
	public CompletableFuture<List<PublishResult>> publish(List<OutboundMessage> messages) {
		Timer.Sample sample = Timer.start(this.registry);
		return this.destination.publish(messages).whenComplete((results, failure) -> record(sample, messages, results));
	}

	private void record(Timer.Sample sample, List<OutboundMessage> messages, @Nullable List<PublishResult> results) {
		for (int i = 0; i < messages.size(); i++) {
			boolean published = results != null && i < results.size() && results.get(i).isPublished();
			sample.stop(this.registry.timer(PUBLISH, MediaTypeTag.NAME, this.mediaTypes.of(messages.get(i).mediaType()),
					"result", published ? "published" : "failed"));
		}
	}

}
