package io.pubsub.autoconfigure.doctor;

import java.util.Set;

import io.pubsub.MediaType;

/**
 * Knows what pipelines take.
 */
@FunctionalInterface
interface PipelineTypes {

	/**
	 * The media types that a pipeline takes.
	 * @param pipeline the name of the pipeline
	 * @return the media types; empty if it opens its messages itself
	 */
	Set<MediaType> of(String pipeline);

}
