package io.pubsub.pipeline.around;

import java.util.List;

import io.micrometer.observation.Observation;

/**
 * The context of the observation of a batch, which is in no trace of its messages.
 */
final class BatchContext extends Observation.Context {

	private final List<? extends Observation.ContextView> messages;

	BatchContext(List<? extends Observation.ContextView> messages) {
		this.messages = messages;
	}

	List<? extends Observation.ContextView> messages() {
		return this.messages;
	}

}
