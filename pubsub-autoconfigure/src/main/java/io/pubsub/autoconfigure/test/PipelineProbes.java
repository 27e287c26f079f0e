package io.pubsub.autoconfigure.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.pubsub.autoconfigure.pipeline.PipelineReceiverCustomizer;
import io.pubsub.autoconfigure.pipeline.PipelineSources;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.test.PipelineProbe;
import io.pubsub.test.TestClock;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;

/**
 * The probes of the pipelines under test. Each pipeline consumes the queue of its own,
 * whatever is configured for it, or nothing.
 */
final class PipelineProbes implements PipelineSources, PipelineReceiverCustomizer {

	private final Map<String, PipelineProbe> probes = new ConcurrentHashMap<>();

	private final TestClock clock;

	PipelineProbes(TestClock clock) {
		this.clock = clock;
	}

	@Override
	public Source create(String pipeline, int maxInFlight, BackoffPolicy backoff) {
		return of(pipeline).source(maxInFlight, backoff);
	}

	@Override
	public void customize(Pipeline pipeline, PipelineReceiver.Builder builder) {
		of(pipeline.name()).attach(builder);
	}

	PipelineProbe of(String pipeline) {
		return this.probes.computeIfAbsent(pipeline, (name) -> new PipelineProbe(this.clock));
	}

}
