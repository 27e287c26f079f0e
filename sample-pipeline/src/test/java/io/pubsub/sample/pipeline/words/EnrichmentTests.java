package io.pubsub.sample.pipeline.words;

import java.time.Duration;
import java.util.function.Function;

import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Mapper;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.test.StepContract;
import io.pubsub.transport.BackoffPolicy;

/**
 * Tests for a function that adds several steps, as the guide to pipelines shows them.
 */
class EnrichmentTests extends StepContract {

	@Override
	protected Pipeline pipeline(Flow<String> flow, Mapper<String, String> work, Function<Flow<String>, Pipeline> rest) {
		return rest.apply(flow.mapConcurrently(3, work).retry(2, BackoffPolicy.fixed(Duration.ofSeconds(1))));
	}

	@Override
	protected int room() {
		return 1_000; // elements that it asks for although none can leave
	}

}
