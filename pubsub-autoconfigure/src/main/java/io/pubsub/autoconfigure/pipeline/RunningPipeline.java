package io.pubsub.autoconfigure.pipeline;

import io.pubsub.autoconfigure.consume.ManagedDaemon;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.transport.Source;

/**
 * A pipeline of the application, with its daemon.
 *
 * @param receiver the receiver that runs it
 * @param source the source that it consumes
 * @param managed its daemon
 * @since 0.1.0
 */
public record RunningPipeline(PipelineReceiver receiver, Source source, ManagedDaemon managed) {

	/**
	 * The pipeline.
	 * @return the pipeline
	 */
	public Pipeline pipeline() {
		return this.receiver.pipeline();
	}

}
