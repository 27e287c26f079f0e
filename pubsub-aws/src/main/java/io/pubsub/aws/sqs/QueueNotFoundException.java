package io.pubsub.aws.sqs;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a queue does not exist. It is never created for the caller.
 *
 * @since 0.1.0
 */
public final class QueueNotFoundException extends RuntimeException {

	private final String queue;

	private final String operation;

	/**
	 * Names the queue and the call that did not find it.
	 * @param queue the queue, as it was configured
	 * @param operation the SQS operation, such as {@code GetQueueUrl}
	 * @param cause the failure of the operation
	 */
	public QueueNotFoundException(String queue, String operation, @Nullable Throwable cause) {
		super("the queue \"" + queue + "\" does not exist (" + operation + "): create it, or correct its URL, ARN or "
				+ "name, the account or the region", cause);
		this.queue = queue;
		this.operation = operation;
	}

	/**
	 * The queue.
	 * @return its URL, ARN or name, as it was configured
	 */
	public String queue() {
		return this.queue;
	}

	/**
	 * The call that did not find the queue.
	 * @return the SQS operation, such as {@code GetQueueUrl}
	 */
	public String operation() {
		return this.operation;
	}

}
