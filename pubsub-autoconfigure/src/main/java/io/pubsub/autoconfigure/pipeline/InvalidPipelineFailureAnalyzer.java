package io.pubsub.autoconfigure.pipeline;

import io.pubsub.pipeline.InvalidPipelineException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes the failure of a {@code Pipeline} bean that cannot work as it is defined.
 */
final class InvalidPipelineFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPipelineException> {

	@Override
	protected FailureAnalysis analyze(Throwable failure, InvalidPipelineException cause) {
		return new FailureAnalysis("A pipeline cannot work as it is defined: " + cause.getMessage() + ".",
				"Correct the definition of the pipeline where the bean is made.", cause);
	}

}
