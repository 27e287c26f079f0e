package io.pubsub.autoconfigure.internal;

/**
 * Thrown when a queue in a database is named, but the module that knows them is missing.
 */
public final class MissingJdbcQueueException extends RuntimeException implements Actionable {

	/**
	 * Names the queue.
	 * @param property the property that has its address
	 * @param address its address
	 */
	public MissingJdbcQueueException(String property, String address) {
		super("%s is %s, but what reads and writes queues in a database is missing".formatted(property, address));
	}

	@Override
	public String action() {
		return "Add io.pubsub:pubsub-jdbc to the dependencies, for sqlite: with org.xerial:sqlite-jdbc,"
				+ " for jdbc: with org.springframework.boot:spring-boot-starter-jdbc.";
	}

}
