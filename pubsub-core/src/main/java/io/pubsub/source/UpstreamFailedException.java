package io.pubsub.source;

import java.util.Objects;

import io.pubsub.internal.LogText;

/**
 * Thrown when a producer of a durable queue has said that it failed: what is in the queue
 * may be only a part of what should be there, so that its consumers stop.
 *
 * @since 0.1.0
 */
public final class UpstreamFailedException extends RuntimeException {

	private final String queue;

	private final String producer;

	private final String reason;

	/**
	 * Creates the exception.
	 * @param queue the name of the queue
	 * @param producer the name of the producer that has failed
	 * @param reason the reason that the producer gave, for people
	 */
	public UpstreamFailedException(String queue, String producer, String reason) {
		super("Producer %s of %s has failed: %s".formatted(LogText.of(producer), LogText.of(queue),
				LogText.of(reason)));
		this.queue = Objects.requireNonNull(queue, "a failure upstream needs a queue");
		this.producer = Objects.requireNonNull(producer, "a failure upstream needs a producer");
		this.reason = Objects.requireNonNull(reason, "a failure upstream needs a reason");
	}

	/**
	 * The queue.
	 * @return its name
	 */
	public String queue() {
		return this.queue;
	}

	/**
	 * The producer that has failed.
	 * @return its name
	 */
	public String producer() {
		return this.producer;
	}

	/**
	 * Why it has failed.
	 * @return the reason that the producer gave, for people
	 */
	public String reason() {
		return this.reason;
	}

}
