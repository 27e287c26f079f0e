package io.pubsub.autoconfigure.kinesis;

import java.util.Objects;

import io.pubsub.autoconfigure.internal.UnusablePropertyException;
import io.pubsub.kinesis.stream.StreamAccessDeniedException;
import io.pubsub.kinesis.stream.StreamNotFoundException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Says what to do when a stream does not exist or may not be read.
 */
final class StreamFailureAnalyzer implements FailureAnalyzer {

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		String property = Objects.requireNonNullElse(UnusablePropertyException.propertyOf(failure), "pubsub.source");
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof StreamNotFoundException missing) {
				return new FailureAnalysis(missing.getMessage(),
						"Create the stream '%s', or correct %s, the account and the region (spring.cloud.aws.region.static). The daemon never creates a stream."
							.formatted(missing.stream(), property),
						missing);
			}
			if (cause instanceof StreamAccessDeniedException denied) {
				return new FailureAnalysis(denied.getMessage(),
						"Allow %s on the stream '%s' to the credentials in use (spring.cloud.aws.credentials.* or the environment of the AWS SDK), or use others."
							.formatted(denied.action(), denied.stream()),
						denied);
			}
		}
		return null;
	}

}
