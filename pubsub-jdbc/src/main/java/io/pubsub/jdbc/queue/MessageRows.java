package io.pubsub.jdbc.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

import io.pubsub.MediaType;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.OutboundMessage;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads messages from their rows.
 */
final class MessageRows {

	static final String COLUMNS = "id, message_id, body, attributes, group_id, deduplication_id, address, media_type, attempts,"
			+ " available_at, reason, created_at";

	private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {
	};

	private static final JsonMapper JSON = new JsonMapper();

	private MessageRows() {
	}

	static InboundMessage message(ResultSet rows, int number) throws SQLException {
		String attributes = rows.getString("attributes");
		return new InboundMessage(rows.getString("message_id"), rows.getString("body"),
				attributes.equals("{}") ? Map.of() : JSON.readValue(attributes, ATTRIBUTES), rows.getString("group_id"),
				Instant.ofEpochMilli(rows.getLong("created_at")));
	}

	static ParkedMessage parked(ResultSet rows, int number) throws SQLException {
		return new ParkedMessage(message(rows, number), rows.getInt("attempts"), rows.getString("reason"),
				Instant.ofEpochMilli(rows.getLong("available_at")));
	}

	static ParkedOutboundMessage parkedOutbound(ResultSet rows, int number) throws SQLException {
		InboundMessage message = message(rows, number);
		OutboundMessage outbound = new OutboundMessage(rows.getString("address"),
				new MediaType(rows.getString("media_type")), message.body(), message.attributes(), message.groupId(),
				rows.getString("deduplication_id"));
		return new ParkedOutboundMessage(message.id(), outbound, rows.getInt("attempts"), rows.getString("reason"),
				Instant.ofEpochMilli(rows.getLong("created_at")), Instant.ofEpochMilli(rows.getLong("available_at")));
	}

	static String text(Map<String, String> attributes) {
		return attributes.isEmpty() ? "{}" : JSON.writeValueAsString(attributes);
	}

}
