package io.pubsub.observe;

import java.util.Locale;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Observations of the work on messages, each in the trace that its message carries. Safe
 * for use by many threads.
 *
 * @since 0.1.0
 */
public final class ProcessObservations {

	private final ObservationRegistry registry;

	private final MediaTypeTag mediaTypes;

	/**
	 * Makes observations.
	 * @param registry the registry of the observations
	 * @param mediaTypes the tag for media types, which bounds the key values
	 */
	public ProcessObservations(ObservationRegistry registry, MediaTypeTag mediaTypes) {
		this.registry = registry;
		this.mediaTypes = mediaTypes;
	}

	/**
	 * Starts to observe the work on a message.
	 * @param name the name of the observation
	 * @param message the context of the message
	 * @param recipient the recipient, such as a handler
	 * @return the observation, started, to be {@link #stop stopped}
	 */
	public Observation start(String name, MessageContext message, KeyValue recipient) {
		ReceiverContext<MessageContext> context = new ReceiverContext<>(ProcessObservations::header, Kind.CONSUMER);
		context.setCarrier(message);
		String tag = this.mediaTypes.of(message.mediaType());
		return Observation.createNotStarted(name, () -> context, this.registry)
			.contextualName("process " + tag)
			.lowCardinalityKeyValue(MediaTypeTag.NAME, tag)
			.lowCardinalityKeyValue(recipient)
			.start();
	}

	// An attribute is from whoever published last; opaque data may be from further back.
	private static @Nullable String header(MessageContext message, String key) {
		String attribute = message.attributes().get(key);
		return (attribute != null) ? attribute : message.get(key);
	}

	/**
	 * Ends an observation. Retries, skips and the like are decisions, not errors.
	 * @param observation the observation
	 * @param outcome the outcome of what it observed
	 */
	public static void stop(Observation observation, Outcome outcome) {
		observation.lowCardinalityKeyValue("outcome", outcome.kind().name().toLowerCase(Locale.ROOT));
		if (outcome.cause() != null) {
			observation.error(LogText.printable(outcome.cause()));
		}
		observation.stop();
	}

}
