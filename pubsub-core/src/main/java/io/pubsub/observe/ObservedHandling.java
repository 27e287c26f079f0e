package io.pubsub.observe;

import java.util.Locale;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchInterceptor;
import io.pubsub.dispatch.Handler;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Observes every call of a handler, in the trace that the message carries.
 *
 * @since 0.1.0
 */
public final class ObservedHandling implements DispatchInterceptor {

	/**
	 * The name of the observation.
	 */
	public static final String NAME = "pubsub.process";

	private final ObservationRegistry registry;

	private final MediaTypeTag mediaTypes;

	/**
	 * Makes an interceptor.
	 * @param registry the registry of the observations
	 * @param mediaTypes the tag for media types, which bounds the key values
	 */
	public ObservedHandling(ObservationRegistry registry, MediaTypeTag mediaTypes) {
		this.registry = registry;
		this.mediaTypes = mediaTypes;
	}

	@Override
	public Outcome intercept(Invocation invocation) throws Exception {
		Observation observation = observation(invocation.context(), invocation.handler()).start();
		try (Observation.Scope scope = observation.openScope()) {
			Outcome outcome = invocation.proceed();
			end(observation, outcome);
			return outcome;
		}
		catch (Exception | Error ex) {
			end(observation, Outcome.of(ex));
			throw ex;
		}
		finally {
			observation.stop();
		}
	}

	/**
	 * Outside of all others: what they do belongs to the handling.
	 */
	@Override
	public Phase phase() {
		return Phase.OBSERVE;
	}

	private Observation observation(MessageContext message, Handler handler) {
		ReceiverContext<MessageContext> context = new ReceiverContext<>(ObservedHandling::header, Kind.CONSUMER);
		context.setCarrier(message);
		String tag = this.mediaTypes.of(message.mediaType());
		return Observation.createNotStarted(NAME, () -> context, this.registry)
			.contextualName("process " + tag)
			.lowCardinalityKeyValue(MediaTypeTag.NAME, tag)
			.lowCardinalityKeyValue("handler", handler.name());
	}

	// An attribute is from whoever published last; opaque data may be from further back.
	private static @Nullable String header(MessageContext message, String key) {
		String attribute = message.attributes().get(key);
		return (attribute != null) ? attribute : message.get(key);
	}

	// Retries, skips and the like are decisions of the handler, not errors.
	private static void end(Observation observation, Outcome outcome) {
		observation.lowCardinalityKeyValue("outcome", outcome.kind().name().toLowerCase(Locale.ROOT));
		if (outcome.cause() != null) {
			observation.error(LogText.printable(outcome.cause()));
		}
	}

}
