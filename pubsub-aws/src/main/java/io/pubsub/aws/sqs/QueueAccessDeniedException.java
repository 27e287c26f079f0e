package io.pubsub.aws.sqs;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a queue may not be used with the credentials at hand.
 *
 * @since 0.1.0
 */
public final class QueueAccessDeniedException extends RuntimeException {

	private final String queue;

	private final String operation;

	/**
	 * Names the queue and the call that was refused.
	 * @param queue the queue, as it was configured
	 * @param operation the SQS operation, such as {@code GetQueueAttributes}
	 * @param cause the failure of the operation
	 */
	public QueueAccessDeniedException(String queue, String operation, @Nullable Throwable cause) {
		super("access to the queue \"" + queue + "\" is denied (" + operation + "): check the credentials, and allow "
				+ "sqs:" + operation + " in the IAM policy; a consumer needs sqs:GetQueueUrl, sqs:GetQueueAttributes, "
				+ "sqs:ReceiveMessage, sqs:DeleteMessage and sqs:ChangeMessageVisibility", cause);
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
	 * The call that was refused.
	 * @return the SQS operation, such as {@code GetQueueAttributes}
	 */
	public String operation() {
		return this.operation;
	}

	/**
	 * The action that the IAM policy has to allow.
	 * @return the action, such as {@code sqs:GetQueueAttributes}
	 */
	public String action() {
		return "sqs:" + this.operation;
	}

}
