package io.pubsub.jdbc.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import io.pubsub.transport.OutboundMessage;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/**
 * Puts messages into a queue.
 */
final class PutStatements {

	private final Sql sql;

	private final GroupLocks locks;

	private final Duration window;

	/**
	 * Makes the statements.
	 * @param sql the queue
	 * @param locks the locks of its deduplication ids
	 * @param window the time within which repetitions are dropped
	 */
	PutStatements(Sql sql, GroupLocks locks, Duration window) {
		this.sql = sql;
		this.locks = locks;
		this.window = window;
	}

	/**
	 * Puts messages, within a transaction.
	 * @param messages the messages
	 * @return their ids, in the order of the list; a repetition has that of the first
	 * @throws QueueClosedException if the input is closed
	 */
	List<String> put(List<QueueMessage> messages) {
		checkOpen();
		Map<String, String> known = new HashMap<>();
		if (!this.window.isZero()) {
			List<String> ids = messages.stream()
				.flatMap((message) -> Stream.ofNullable(message.deduplicationId()))
				.distinct()
				.toList();
			this.locks.lock(ids.stream().map("deduplication:"::concat).toList());
			ids.forEach((id) -> find(id, known));
		}
		List<String> ids = new ArrayList<>();
		List<MapSqlParameterSource> rows = new ArrayList<>();
		messages.forEach((message) -> add(message, known, ids, rows));
		insert(rows);
		return ids;
	}

	private void checkOpen() {
		String state = this.sql.first("SELECT state FROM pubsub_queue WHERE name = :queue", this.sql.parameters(),
				(rows, number) -> rows.getString(1));
		if (state != null && !state.equals(QueueState.Input.OPEN.name())) {
			throw new QueueClosedException(this.sql.queue(), QueueState.Input.valueOf(state));
		}
	}

	private void find(String deduplicationId, Map<String, String> known) {
		String id = this.sql.first(
				"SELECT message_id FROM pubsub_message WHERE queue = :queue AND deduplication_id = :deduplication"
						+ " AND created_at > CAST(:now AS BIGINT) - :window ORDER BY id DESC LIMIT 1",
				this.sql.parameters()
					.addValue("deduplication", deduplicationId)
					.addValue("window", this.window.toMillis()),
				(rows, number) -> rows.getString(1));
		if (id != null) {
			known.put(deduplicationId, id);
		}
	}

	private void add(QueueMessage message, Map<String, String> known, List<String> ids,
			List<MapSqlParameterSource> rows) {
		String deduplicationId = message.deduplicationId();
		String first = (deduplicationId != null) ? known.get(deduplicationId) : null;
		if (first != null) {
			ids.add(first);
			return;
		}
		MapSqlParameterSource row = row(message.body(), message.attributes(), message.groupId(), deduplicationId);
		String id = (String) row.getValue("id");
		if (deduplicationId != null && !this.window.isZero()) {
			known.put(deduplicationId, id);
		}
		ids.add(id);
		rows.add(row.addValue("address", null).addValue("mediaType", null));
	}

	/**
	 * Adds messages to an outbox, within a transaction. Repetitions are the business of
	 * who publishes them.
	 * @param messages the messages
	 * @return their ids, in the order of the list
	 */
	List<String> add(List<OutboundMessage> messages) {
		List<MapSqlParameterSource> rows = messages.stream()
			.map((message) -> row(message.body(), message.attributes(), message.groupId(), message.deduplicationId())
				.addValue("address", message.address())
				.addValue("mediaType", message.mediaType().value()))
			.toList();
		insert(rows);
		return rows.stream().map((row) -> (String) row.getValue("id")).toList();
	}

	private MapSqlParameterSource row(String body, Map<String, String> attributes, @Nullable String groupId,
			@Nullable String deduplicationId) {
		return this.sql.parameters()
			.addValue("id", UUID.randomUUID().toString())
			.addValue("body", body)
			.addValue("attributes", MessageRows.text(attributes))
			.addValue("group", groupId)
			.addValue("deduplication", deduplicationId);
	}

	private void insert(List<MapSqlParameterSource> rows) {
		this.sql.batch("INSERT INTO pubsub_message (queue, message_id, body, attributes, group_id, deduplication_id,"
				+ " address, media_type, state, available_at, attempts, created_at) VALUES (:queue, :id, :body,"
				+ " :attributes, :group, :deduplication, :address, :mediaType, 'READY', :now, 0, :now)", rows);
	}

}
