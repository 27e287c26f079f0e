package io.pubsub.jdbc.queue;

import io.pubsub.internal.LogText;

/**
 * Thrown when something is put into a queue whose input was closed, or has failed.
 *
 * @since 0.1.0
 */
public final class QueueClosedException extends IllegalStateException {

	private final String queue;

	QueueClosedException(String queue, QueueState.Input input) {
		super("Queue %s takes no more messages, because its input %s: reopen it to begin again"
			.formatted(LogText.of(queue), (input != QueueState.Input.FAILED) ? "was closed" : "has failed"));
		this.queue = queue;
	}

	/**
	 * The queue.
	 * @return its name
	 */
	public String queue() {
		return this.queue;
	}

}
