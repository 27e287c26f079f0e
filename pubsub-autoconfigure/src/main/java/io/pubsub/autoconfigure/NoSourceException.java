package io.pubsub.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

import io.pubsub.dispatch.Handler;

import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown when there are handlers, but nothing to consume. The process exits with code 2.
 */
final class NoSourceException extends RuntimeException implements ExitCodeGenerator {

	NoSourceException(List<Handler> handlers) {
		super("No queue is configured, but there are handlers: "
				+ handlers.stream().map(Handler::name).distinct().collect(Collectors.joining(", ")));
	}

	@Override
	public int getExitCode() {
		return UsageException.WRONG_USAGE;
	}

}
