package io.pubsub.sample.pipeline.etl;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Says what to do when the database cannot be opened.
 */
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<CannotGetJdbcConnectionException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, CannotGetJdbcConnectionException cause) {
		return new FailureAnalysis(
				"The database cannot be opened: " + NestedExceptionUtils.getMostSpecificCause(cause).getMessage(),
				"A file of H2 is for one process at a time: end the other one that loads from this folder, or name a database that many can use with --spring.datasource.url.",
				cause);
	}

}
