package io.pubsub.observe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import io.pubsub.MediaType;
import io.pubsub.publish.ComposeInterceptor;
import io.pubsub.transport.OutboundMessage;

/**
 * Observes the creation of every message, and has the message carry on the trace.
 * <p>
 * The observation ends when the message is ready to go, not when it is published: one
 * call publishes several messages, and a deferred one waits for its commit.
 *
 * @since 0.1.0
 */
public final class ObservedComposing implements ComposeInterceptor {

	/**
	 * The name of the observation.
	 */
	public static final String NAME = "pubsub.create";

	private final ObservationRegistry registry;

	private final MediaTypeTag mediaTypes;

	/**
	 * Makes an interceptor.
	 * @param registry the registry of the observations
	 * @param mediaTypes the tag for media types, which bounds the key values
	 */
	public ObservedComposing(ObservationRegistry registry, MediaTypeTag mediaTypes) {
		this.registry = registry;
		this.mediaTypes = mediaTypes;
	}

	@Override
	public Phase phase() {
		return Phase.OBSERVE;
	}

	@Override
	public OutboundMessage intercept(MediaType mediaType, Composition next) {
		Map<String, String> headers = new LinkedHashMap<>();
		SenderContext<Map<String, String>> context = new SenderContext<>(
				(carrier, key, value) -> Objects.requireNonNull(carrier).put(key, value), Kind.PRODUCER);
		context.setCarrier(headers);
		String tag = this.mediaTypes.of(mediaType);
		return Objects.requireNonNull(Observation.createNotStarted(NAME, () -> context, this.registry)
			.contextualName("create " + tag)
			.lowCardinalityKeyValue(MediaTypeTag.NAME, tag)
			.observe(() -> next.compose(headers)));
	}

}
