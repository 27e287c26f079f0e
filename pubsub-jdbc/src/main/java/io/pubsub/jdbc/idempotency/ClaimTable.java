package io.pubsub.jdbc.idempotency;

import java.util.List;

import javax.sql.DataSource;

import io.pubsub.idempotency.Claim;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The statements on the table of claims. They are standard SQL, for any database.
 */
final class ClaimTable {

	static final String NAME = "pubsub_idempotency";

	private static final int LONGEST_CONSUMER = 100;

	private static final int LONGEST_KEY = 255;

	private static final int DELETED_AT_ONCE = 500;

	private final JdbcClient jdbc;

	private final String consumer;

	ClaimTable(DataSource dataSource, String consumer) {
		if (consumer.isBlank() || consumer.length() > LONGEST_CONSUMER) {
			throw new IllegalArgumentException(
					"'%s' cannot be the consumer of idempotency keys: it needs 1 to %d characters".formatted(consumer,
							LONGEST_CONSUMER));
		}
		this.jdbc = JdbcClient.create(dataSource);
		this.consumer = consumer;
	}

	void check() {
		this.jdbc.sql("SELECT consumer, message_key, state, token, changed_at FROM pubsub_idempotency WHERE 1 = 0")
			.query()
			.listOfRows();
	}

	@Nullable Row find(String key) {
		if (key.length() > LONGEST_KEY) {
			throw new IllegalArgumentException(
					"an idempotency key may have %d characters at most, not %d".formatted(LONGEST_KEY, key.length()));
		}
		return this.jdbc
			.sql("SELECT state, token, changed_at FROM pubsub_idempotency WHERE consumer = ? AND message_key = ?")
			.params(this.consumer, key)
			.query((rows, number) -> new Row(rows.getString("state"), rows.getString("token"),
					rows.getLong("changed_at")))
			.optional()
			.orElse(null);
	}

	void insert(Claim claim, long now) {
		this.jdbc
			.sql("INSERT INTO pubsub_idempotency (consumer, message_key, state, token, changed_at)"
					+ " VALUES (?, ?, 'IN_PROGRESS', ?, ?)")
			.params(this.consumer, claim.key(), claim.token(), now)
			.update();
	}

	boolean replace(Row row, Claim claim, long now) {
		return this.jdbc
			.sql("UPDATE pubsub_idempotency SET state = 'IN_PROGRESS', token = ?, changed_at = ?"
					+ " WHERE consumer = ? AND message_key = ? AND state = ? AND token = ?")
			.params(claim.token(), now, this.consumer, claim.key(), row.state(), row.token())
			.update() > 0;
	}

	boolean renew(Claim claim, long now) {
		return change(claim, "IN_PROGRESS", now);
	}

	boolean complete(Claim claim, long now) {
		return change(claim, "DONE", now);
	}

	private boolean change(Claim claim, String state, long now) {
		return this.jdbc
			.sql("UPDATE pubsub_idempotency SET state = ?, changed_at = ?"
					+ " WHERE consumer = ? AND message_key = ? AND state = 'IN_PROGRESS' AND token = ?")
			.params(state, now, this.consumer, claim.key(), claim.token())
			.update() > 0;
	}

	void release(Claim claim) {
		this.jdbc
			.sql("DELETE FROM pubsub_idempotency"
					+ " WHERE consumer = ? AND message_key = ? AND state = 'IN_PROGRESS' AND token = ?")
			.params(this.consumer, claim.key(), claim.token())
			.update();
	}

	// In the same order for everybody, so that no two wait for each other.
	void deleteUpTo(long changedAt) {
		List<String> keys = this.jdbc
			.sql("SELECT message_key FROM pubsub_idempotency WHERE consumer = ? AND changed_at <= ?"
					+ " ORDER BY changed_at, message_key")
			.withMaxRows(DELETED_AT_ONCE)
			.params(this.consumer, changedAt)
			.query((rows, number) -> rows.getString("message_key"))
			.list();
		if (!keys.isEmpty()) {
			this.jdbc
				.sql("DELETE FROM pubsub_idempotency"
						+ " WHERE consumer = :consumer AND changed_at <= :changedAt AND message_key IN (:keys)")
				.param("consumer", this.consumer)
				.param("changedAt", changedAt)
				.param("keys", keys)
				.update();
		}
	}

	/**
	 * The row of a message.
	 *
	 * @param state whether the message is in progress or done
	 * @param token the token of the last claim
	 * @param changedAt the time at which it was claimed, or done, in milliseconds since
	 * 1970
	 */
	record Row(String state, String token, long changedAt) {

		boolean isDone() {
			return this.state.equals("DONE");
		}

	}

}
