package io.pubsub.observe;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchInterceptor;

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

	private final ProcessObservations observations;

	/**
	 * Makes an interceptor.
	 * @param registry the registry of the observations
	 * @param mediaTypes the tag for media types, which bounds the key values
	 */
	public ObservedHandling(ObservationRegistry registry, MediaTypeTag mediaTypes) {
		this.observations = new ProcessObservations(registry, mediaTypes);
	}

	@Override
	public Outcome intercept(Invocation invocation) throws Exception {
		Observation observation = this.observations.start(NAME, invocation.context(),
				KeyValue.of("handler", invocation.handler().name()));
		Outcome outcome;
		try (Observation.Scope scope = observation.openScope()) {
			outcome = invocation.proceed();
		}
		catch (Exception | Error ex) {
			ProcessObservations.stop(observation, Outcome.of(ex));
			throw ex;
		}
		ProcessObservations.stop(observation, outcome);
		return outcome;
	}

	/**
	 * Outside of all others: what they do belongs to the handling.
	 */
	@Override
	public Phase phase() {
		return Phase.OBSERVE;
	}

}
