package io.pubsub.autoconfigure.consume;

import java.util.List;
import java.util.stream.Collectors;

import io.pubsub.autoconfigure.internal.Actionable;
import io.pubsub.autoconfigure.internal.UsageException;
import io.pubsub.dispatch.Handler;

import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown when there are handlers, but nothing to consume. The process exits with code 2.
 */
final class NoSourceException extends RuntimeException implements Actionable, ExitCodeGenerator {

	NoSourceException(List<Handler> handlers) {
		super("No queue is configured, but there are handlers: "
				+ handlers.stream().map(Handler::name).distinct().collect(Collectors.joining(", ")));
	}

	@Override
	public String action() {
		return "Name the queue: --sqs-queue-url <url>, or the property pubsub.source with its URL, ARN or name."
				+ " Messages can also come from --stdin, or from the lines of a file: pubsub.source=file:<path>;"
				+ " or from a system of your own, with a bean that is a PullSource."
				+ " For development, pubsub.local.enabled=true brings a queue of its own."
				+ " A service that only publishes sets pubsub.consumer.enabled=false.";
	}

	@Override
	public int getExitCode() {
		return UsageException.WRONG_USAGE;
	}

}
