package io.pubsub.pipeline.around;

import java.util.List;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.pubsub.MessageContext;
import io.pubsub.Outcome;
import io.pubsub.observe.MediaTypeTag;
import io.pubsub.observe.ProcessObservations;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.OriginScope;

/**
 * {@link OriginInterceptor} that observes each message of a pipeline, in the trace that
 * the message carries, from its begin to its settlement.
 * <p>
 * The observation is current wherever a function is called for the message, and goes on
 * with what that publishes. A batch of several messages has an observation of its own, in
 * a new trace; {@link BatchTracing} links it to those of the messages. Safe for use by
 * many threads.
 *
 * @since 0.1.0
 */
public final class ObservedOrigins implements OriginInterceptor {

	/**
	 * The name of the observation of a message.
	 */
	public static final String NAME = "pubsub.pipeline.process";

	/**
	 * The name of the observation of a batch.
	 */
	public static final String BATCH_NAME = "pubsub.pipeline.batch";

	private static final String PIPELINE = "pipeline";

	private final ObservationRegistry registry;

	private final ProcessObservations observations;

	/**
	 * Makes an interceptor.
	 * @param registry the registry of the observations
	 * @param mediaTypes the tag for media types, which bounds the key values
	 */
	public ObservedOrigins(ObservationRegistry registry, MediaTypeTag mediaTypes) {
		this.registry = registry;
		this.observations = new ProcessObservations(registry, mediaTypes);
	}

	@Override
	public OriginScope begin(String pipeline, Object content, MessageContext context) {
		return new Observed(this.observations.start(NAME, context, KeyValue.of(PIPELINE, pipeline)));
	}

	@Override
	public OriginScope beginBatch(String pipeline, List<OriginScope> scopes) {
		BatchContext context = new BatchContext(
				scopes.stream().map((scope) -> ((Observed) scope).observation().getContextView()).toList());
		return new Observed(Observation.createNotStarted(BATCH_NAME, () -> context, this.registry)
			.contextualName("batch " + pipeline)
			.lowCardinalityKeyValue(PIPELINE, pipeline)
			.highCardinalityKeyValue("messages", String.valueOf(scopes.size()))
			.start());
	}

	/**
	 * The scope of what is observed.
	 *
	 * @param observation the observation, started
	 */
	private record Observed(Observation observation) implements OriginScope {

		@Override
		public AutoCloseable open() {
			return this.observation.openScope();
		}

		@Override
		public Outcome end(Outcome outcome) {
			ProcessObservations.stop(this.observation, outcome);
			return outcome;
		}

	}

}
