package io.pubsub.autoconfigure.command;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * {@code --sqs-queue-url}, as the daemon has it, for commands that look at the same
 * queue.
 */
final class SourceOption {

	@Option(names = "--sqs-queue-url", paramLabel = "URL",
			description = "the queue that the daemon gets with this flag")
	private @Nullable String queueUrl;

	/**
	 * The properties that the option stands for.
	 * @return the properties; none without the option
	 */
	Map<String, Object> properties() {
		return (this.queueUrl != null) ? Map.of("pubsub.source", this.queueUrl, "pubsub.local.enabled", "false")
				: Map.of();
	}

}
