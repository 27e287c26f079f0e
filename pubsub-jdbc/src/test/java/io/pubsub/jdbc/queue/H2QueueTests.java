package io.pubsub.jdbc.queue;

/**
 * Tests for {@link JdbcQueue} in H2.
 */
class H2QueueTests extends ServerQueueContract {

	private final QueueDatabase database = QueueDatabase.h2();

	@Override
	QueueDatabase database() {
		return this.database;
	}

}
