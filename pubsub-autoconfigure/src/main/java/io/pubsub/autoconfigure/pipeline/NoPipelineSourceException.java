package io.pubsub.autoconfigure.pipeline;

import io.pubsub.autoconfigure.internal.Actionable;
import io.pubsub.autoconfigure.internal.UsageException;

import org.springframework.boot.ExitCodeGenerator;

/**
 * Thrown when a pipeline has nothing to consume. The process exits with code 2.
 */
final class NoPipelineSourceException extends RuntimeException implements Actionable, ExitCodeGenerator {

	private final String pipeline;

	private final boolean only;

	NoPipelineSourceException(String pipeline, boolean only) {
		super("The pipeline '%s' has nothing to consume".formatted(pipeline)
				+ (only ? "" : ", and pubsub.source is for the only pipeline"));
		this.pipeline = pipeline;
		this.only = only;
	}

	@Override
	public String action() {
		return "Set pubsub.pipelines.%s.source to the URL, ARN or name of a queue, file:<path> or stdin:"
			.formatted(this.pipeline) + (this.only ? ", or name the queue with --sqs-queue-url or pubsub.source." : ".")
				+ " One that is not to run here has pubsub.pipelines.%s.enabled=false.".formatted(this.pipeline);
	}

	@Override
	public int getExitCode() {
		return UsageException.WRONG_USAGE;
	}

}
