package io.pubsub.pipeline;

/**
 * Thrown for a pipeline that cannot work as it is defined. Its text names the pipeline,
 * the stage, and what to do.
 *
 * @since 0.1.0
 */
public final class InvalidPipelineException extends IllegalArgumentException {

	/**
	 * Refuses a definition.
	 * @param pipeline the name of the pipeline
	 * @param stage the name of the stage, or what else it is about
	 * @param fault the fault, and what to do
	 */
	InvalidPipelineException(String pipeline, String stage, String fault) {
		super("pipeline %s, %s: %s".formatted(pipeline, stage, fault));
	}

}
