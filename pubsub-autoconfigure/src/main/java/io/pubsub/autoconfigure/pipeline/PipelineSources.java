package io.pubsub.autoconfigure.pipeline;

import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;

/**
 * Makes the source of each pipeline, in place of what is configured for it. There is none
 * but in tests.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PipelineSources {

	/**
	 * Makes the source of a pipeline.
	 * @param pipeline the name of the pipeline
	 * @param maxInFlight the number of messages that are in it at once
	 * @param backoff the delay before a failed message comes again
	 * @return the source, not started
	 */
	Source create(String pipeline, int maxInFlight, BackoffPolicy backoff);

}
