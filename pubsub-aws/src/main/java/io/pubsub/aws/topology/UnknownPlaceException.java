package io.pubsub.aws.topology;

/**
 * Thrown when an address that has to be exact is not known as far as that.
 *
 * @since 0.1.0
 */
public final class UnknownPlaceException extends RuntimeException {

	private final String queue;

	UnknownPlaceException(String queue) {
		super("The account or the region of the queue %s is not known".formatted(queue));
		this.queue = queue;
	}

	/**
	 * The queue whose place is not known.
	 * @return its name
	 */
	public String queue() {
		return this.queue;
	}

}
