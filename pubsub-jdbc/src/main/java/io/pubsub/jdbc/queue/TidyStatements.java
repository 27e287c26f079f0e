package io.pubsub.jdbc.queue;

import java.time.Duration;

/**
 * Brings back what nobody settles, and mends what should not be.
 */
final class TidyStatements {

	private static final int DELETED_AT_ONCE = 1_000;

	private final Sql sql;

	private final Duration lease;

	TidyStatements(Sql sql, Duration lease) {
		this.sql = sql;
		this.lease = lease;
	}

	/**
	 * Lets claims go that have expired. One that ends later than a lease can is left by a
	 * clock that has been set back since.
	 * @return the number of messages that wait again
	 */
	int expire() {
		return this.sql.update(
				"UPDATE pubsub_message SET state = 'READY', token = NULL, available_at = :now"
						+ " WHERE queue = :queue AND state = 'TAKEN' AND (available_at <= :now"
						+ " OR available_at > CAST(:now AS BIGINT) + :longest)",
				this.sql.parameters().addValue("longest", 2 * this.lease.toMillis()));
	}

	/**
	 * Mends what should not be.
	 * @return the number of messages that may be claimed because of it
	 */
	int tidy() {
		deleteDone();
		return expire() + comeFromTheFuture() + endWaitBehindNothing();
	}

	private void deleteDone() {
		this.sql.update("DELETE FROM pubsub_message WHERE id IN (SELECT id FROM pubsub_message"
				+ " WHERE queue = :queue AND state = 'DONE' AND available_at <= :now ORDER BY available_at LIMIT :most)",
				this.sql.parameters().addValue("most", DELETED_AT_ONCE));
	}

	// They were to be claimed at once, before the clock was set back.
	private int comeFromTheFuture() {
		return this.sql.update(
				"UPDATE pubsub_message SET available_at = :now WHERE queue = :queue"
						+ " AND state = 'READY' AND available_at > :now AND available_at <= created_at",
				this.sql.parameters());
	}

	// Somebody may have deleted a row by hand.
	private int endWaitBehindNothing() {
		return this.sql.update("UPDATE pubsub_message SET state = 'READY' WHERE id IN ("
				+ "SELECT MIN(behind.id) FROM pubsub_message behind WHERE behind.queue = :queue"
				+ " AND behind.state = 'BEHIND' GROUP BY behind.group_id)"
				+ " AND NOT EXISTS (SELECT 1 FROM pubsub_message other WHERE other.queue = :queue"
				+ " AND other.group_id = pubsub_message.group_id AND other.state IN ('READY', 'TAKEN', 'PARKED'))",
				this.sql.parameters());
	}

}
