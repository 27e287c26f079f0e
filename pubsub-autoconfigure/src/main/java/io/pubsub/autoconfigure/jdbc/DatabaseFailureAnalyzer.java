package io.pubsub.autoconfigure.jdbc;

import java.util.Objects;

import io.pubsub.autoconfigure.internal.UnusablePropertyException;
import io.pubsub.jdbc.idempotency.JdbcIdempotencyStore;
import io.pubsub.jdbc.idempotency.TableUnreadableException;
import io.pubsub.jdbc.queue.UnsupportedDatabaseException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * {@link FailureAnalyzer} for a database that cannot keep what it is to keep.
 */
final class DatabaseFailureAnalyzer implements FailureAnalyzer {

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof TableUnreadableException table) {
				return new FailureAnalysis(table.getMessage(), create(table), table);
			}
			if (cause instanceof UnsupportedDatabaseException database) {
				return new FailureAnalysis(database.getMessage(), replace(failure), database);
			}
		}
		return null;
	}

	private static String create(TableUnreadableException table) {
		String property = table.script().equals(JdbcIdempotencyStore.SCHEMA)
				? "pubsub.consumer.idempotency.jdbc.initialize-schema" : "pubsub.jdbc.initialize-schema";
		return "Run %s on the database, or let the application do it with %s=always.".formatted(table.script(),
				property);
	}

	private static String replace(Throwable failure) {
		return "Name a file of SQLite in %s, as in sqlite:orders.db, or configure another database (spring.datasource.url)."
			.formatted(Objects.requireNonNullElse(UnusablePropertyException.propertyOf(failure), "pubsub.source"));
	}

}
