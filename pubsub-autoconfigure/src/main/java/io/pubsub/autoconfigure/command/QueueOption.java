package io.pubsub.autoconfigure.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which queue is meant, and who reads the output.
 */
final class QueueOption {

	@Option(names = "--queue", paramLabel = "QUEUE",
			description = "URL, ARN or name of the queue (default: the one that the service has for dead letters)")
	private @Nullable String queue;

	@Option(names = "--json", description = "prints one line of JSON")
	private boolean json;

	@Nullable String queue() {
		return this.queue;
	}

	boolean json() {
		return this.json;
	}

}
