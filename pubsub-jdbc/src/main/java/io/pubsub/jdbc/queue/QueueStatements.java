package io.pubsub.jdbc.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.pubsub.transport.InboundMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;

/**
 * The state of a queue, and what is in it.
 */
final class QueueStatements {

	private final Sql sql;

	QueueStatements(Sql sql) {
		this.sql = sql;
	}

	/**
	 * Adds the queue, unless it is there.
	 * @throws org.springframework.dao.DuplicateKeyException if somebody else adds it at
	 * the same moment
	 */
	void create() {
		List<String> names = this.sql.query("SELECT name FROM pubsub_queue WHERE name = :queue", this.sql.parameters(),
				(rows, number) -> rows.getString(1));
		if (names.isEmpty()) {
			insert();
		}
	}

	private void insert() {
		this.sql.update("INSERT INTO pubsub_queue (name, state, changed_at) VALUES (:queue, 'OPEN', :now)",
				this.sql.parameters());
	}

	/**
	 * Checks that the tables can be read.
	 */
	void check() {
		this.sql.query("SELECT " + MessageRows.COLUMNS + ", token, owner FROM pubsub_message WHERE 1 = 0",
				this.sql.parameters(), MessageRows::message);
	}

	/**
	 * Looks what there is, at the cost of one statement.
	 * @return the state of the queue
	 */
	Look look() {
		String oldest = "(SELECT MIN(available_at) FROM pubsub_message WHERE queue = :queue AND state = '%s')";
		Look look = this.sql
			.first("SELECT state, owner, reason, changed_at, CAST(:now AS BIGINT) AS present, %s AS ready, %s AS taken"
				.formatted(oldest.formatted("READY"), oldest.formatted("TAKEN"))
					+ " FROM pubsub_queue WHERE name = :queue", this.sql.parameters(), QueueStatements::look);
		return Objects.requireNonNull(look, () -> "queue " + this.sql.queue() + " was deleted from pubsub_queue");
	}

	private static Look look(ResultSet rows, int number) throws SQLException {
		long now = rows.getLong("present");
		Long ready = number(rows, "ready");
		Long taken = number(rows, "taken");
		return new Look(QueueState.Input.valueOf(rows.getString("state")), rows.getString("owner"),
				rows.getString("reason"), rows.getLong("changed_at"), ready != null && ready <= now,
				taken != null && taken <= now, ready != null || taken != null);
	}

	private static @Nullable Long number(ResultSet rows, String column) throws SQLException {
		long value = rows.getLong(column);
		return rows.wasNull() ? null : value;
	}

	/**
	 * Sets the state of the input.
	 * @param input the state
	 * @param from the states from which it may be set
	 * @param owner the process that sets it
	 * @param reason the reason, if it has failed
	 * @return the number of queues whose state has changed
	 */
	int input(QueueState.Input input, List<QueueState.Input> from, String owner, @Nullable String reason) {
		return this.sql.update(
				"UPDATE pubsub_queue SET state = :state, owner = :owner, reason = :reason, changed_at = :now"
						+ " WHERE name = :queue AND state IN (:from)",
				this.sql.parameters()
					.addValue("state", input.name())
					.addValue("owner", owner)
					.addValue("reason", reason)
					.addValue("from", from.stream().map(Enum::name).toList()));
	}

	QueueState state() {
		QueueState state = this.sql.first(
				"SELECT q.state, q.reason, CAST(:now AS BIGINT) AS present,"
						+ " COUNT(CASE WHEN m.state IN ('READY', 'BEHIND') THEN 1 END) AS waiting,"
						+ " COUNT(CASE WHEN m.state = 'TAKEN' THEN 1 END) AS taken,"
						+ " COUNT(CASE WHEN m.state = 'PARKED' THEN 1 END) AS parked,"
						+ " MIN(CASE WHEN m.state IN ('READY', 'BEHIND', 'TAKEN') THEN m.created_at END) AS oldest"
						+ " FROM pubsub_queue q LEFT JOIN pubsub_message m ON m.queue = q.name AND m.state <> 'DONE'"
						+ " WHERE q.name = :queue GROUP BY q.state, q.reason",
				this.sql.parameters(), QueueStatements::state);
		return Objects.requireNonNull(state, () -> "queue " + this.sql.queue() + " was deleted from pubsub_queue");
	}

	private static QueueState state(ResultSet rows, int number) throws SQLException {
		Long oldest = number(rows, "oldest");
		return new QueueState(QueueState.Input.valueOf(rows.getString("state")), rows.getString("reason"),
				rows.getLong("waiting"), rows.getLong("taken"), rows.getLong("parked"),
				(oldest != null) ? Duration.ofMillis(Math.max(rows.getLong("present") - oldest, 0)) : null);
	}

	List<InboundMessage> outstanding(int most) {
		return this.sql.query(
				"SELECT " + MessageRows.COLUMNS + " FROM pubsub_message WHERE queue = :queue"
						+ " AND state IN ('READY', 'TAKEN', 'BEHIND') ORDER BY id LIMIT :most",
				this.sql.parameters().addValue("most", most), MessageRows::message);
	}

	<T> List<T> parked(int most, RowMapper<T> mapper) {
		return this.sql.query(
				"SELECT " + MessageRows.COLUMNS
						+ " FROM pubsub_message WHERE queue = :queue AND state = 'PARKED' ORDER BY id LIMIT :most",
				this.sql.parameters().addValue("most", most), mapper);
	}

	/**
	 * Lets parked messages be tried again, from the first attempt on.
	 * @param id the id of the message; {@code null} for all
	 * @return their number
	 */
	int release(@Nullable String id) {
		return this.sql.update("UPDATE pubsub_message SET state = 'READY', attempts = 0, reason = NULL,"
				+ " available_at = :now WHERE queue = :queue AND state = 'PARKED'"
				+ ((id != null) ? " AND message_id = :id" : ""), this.sql.parameters().addValue("id", id));
	}

	/**
	 * Deletes a parked message.
	 * @param id the id of the message
	 * @return their number, which is 0 if it is not parked
	 */
	int discard(String id) {
		return this.sql.update(
				"DELETE FROM pubsub_message WHERE queue = :queue AND state = 'PARKED' AND message_id = :id",
				this.sql.parameters().addValue("id", id));
	}

	/**
	 * The group of a parked message.
	 * @param id the id of the message
	 * @return the group; {@code null} if it has none, or is not parked
	 */
	@Nullable String parkedGroup(String id) {
		return this.sql
			.query("SELECT group_id FROM pubsub_message WHERE queue = :queue AND state = 'PARKED' AND message_id = :id",
					this.sql.parameters().addValue("id", id), (rows, number) -> rows.getString(1))
			.stream()
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Ends all that is outstanding. What is at work is refused when it is settled.
	 * @param kept the time for which deduplication ids are remembered
	 * @return the number of messages
	 */
	int endAll(Duration kept) {
		int ended = this.sql.update(
				"UPDATE pubsub_message SET state = 'DONE', token = NULL,"
						+ " available_at = CAST(:now AS BIGINT) + :kept WHERE queue = :queue"
						+ " AND state IN ('READY', 'TAKEN', 'BEHIND') AND deduplication_id IS NOT NULL",
				this.sql.parameters().addValue("kept", kept.toMillis()));
		return ended + this.sql.update(
				"DELETE FROM pubsub_message WHERE queue = :queue AND state IN ('READY', 'TAKEN', 'BEHIND')",
				this.sql.parameters());
	}

}
