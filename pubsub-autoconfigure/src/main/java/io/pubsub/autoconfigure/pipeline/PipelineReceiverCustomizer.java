package io.pubsub.autoconfigure.pipeline;

import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;

/**
 * Configures the receivers of the application's pipelines further, after the properties.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PipelineReceiverCustomizer {

	/**
	 * Configures a receiver.
	 * @param pipeline the pipeline that it will run
	 * @param builder its builder
	 */
	void customize(Pipeline pipeline, PipelineReceiver.Builder builder);

}
