package io.pubsub.autoconfigure.deadletter;

/**
 * The names of queues.
 */
final class QueueNames {

	private QueueNames() {
	}

	/**
	 * The name of a queue, by which one of the same name elsewhere is not told apart.
	 * @param address the URL, ARN or name
	 * @return the name
	 */
	static String of(String address) {
		return address.substring(Math.max(address.lastIndexOf('/'), address.lastIndexOf(':')) + 1);
	}

}
