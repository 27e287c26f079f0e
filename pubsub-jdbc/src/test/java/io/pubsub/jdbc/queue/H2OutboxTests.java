package io.pubsub.jdbc.queue;

/**
 * Tests for {@link JdbcOutbox} in H2.
 */
class H2OutboxTests extends JdbcOutboxContract {

	private final QueueDatabase database = QueueDatabase.h2();

	@Override
	QueueDatabase database() {
		return this.database;
	}

}
