package io.pubsub.autoconfigure.idempotency;

import io.pubsub.jdbc.idempotency.TableUnreadableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * {@link org.springframework.boot.diagnostics.FailureAnalyzer} for a database without the
 * table of the idempotency keys.
 */
final class TableUnreadableFailureAnalyzer extends AbstractFailureAnalyzer<TableUnreadableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, TableUnreadableException cause) {
		return new FailureAnalysis(cause.getMessage(),
				"Run %s on the database, or let the application do it with pubsub.consumer.idempotency.jdbc.initialize-schema=always."
					.formatted(cause.script()),
				cause);
	}

}
