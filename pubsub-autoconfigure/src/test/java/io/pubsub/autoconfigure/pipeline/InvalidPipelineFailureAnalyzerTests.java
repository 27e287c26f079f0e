package io.pubsub.autoconfigure.pipeline;

import io.pubsub.pipeline.InvalidPipelineException;
import io.pubsub.pipeline.Pipeline;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link InvalidPipelineFailureAnalyzer}.
 */
class InvalidPipelineFailureAnalyzerTests {

	@Test
	void tellsThePipelineTheStageAndTheFix() {
		InvalidPipelineException refused = catchThrowableOfType(InvalidPipelineException.class,
				() -> Pipeline.named("orders").fromMessages().end());
		FailureAnalysis analysis = new InvalidPipelineFailureAnalyzer()
			.analyze(new BeanCreationException("orders", "it failed", refused));
		assertThat(analysis.getDescription()).contains("pipeline orders, its end", "add what is to be done");
		assertThat(analysis.getAction()).contains("the definition of the pipeline");
	}

	@Test
	void isRegistered() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, FailureHandler.handleMessage((message, failure) -> {
			}))).hasAtLeastOneElementOfType(InvalidPipelineFailureAnalyzer.class);
	}

}
