package io.pubsub.autoconfigure.pipeline;

import io.pubsub.autoconfigure.PipelineProperties;
import io.pubsub.autoconfigure.PubSubProperties;

/**
 * All that is configured for a pipeline.
 *
 * @param prefix the prefix of its properties, such as {@code pubsub.pipelines.words}
 * @param own the properties that only pipelines have
 * @param consumer the settings of its daemon: its own, or else those of all
 * @param deadLetter the settings of its dead letters: its own, or else those of all
 */
record PipelineSettings(String prefix, PipelineProperties own, PubSubProperties.Consumer consumer,
		PubSubProperties.DeadLetter deadLetter) {

	String property(String name) {
		return this.prefix + "." + name;
	}

}
