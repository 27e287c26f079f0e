package io.pubsub.dispatch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pubsub.internal.LogText;
import io.pubsub.schema.InvalidMessageException.Violation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a dead letter says of its message and of why that can never be handled, in the
 * attribute {@link DeadLetters#DETAIL}. What is not known is left out.
 *
 * @param messageId the id that the message had at its source; empty if it is not known
 * @param source the place that it came from
 * @param attempt the number of the attempt; 0 if it is not known
 * @param sentAt the time at which it reached the source
 * @param handler the handler that it was meant for
 * @param exception the class of the exception
 * @param fault the fault of a malformed message, and its place
 * @param violations the places where it is invalid
 * @param violationsOmitted the number of further violations
 * @param lastReason the reason that the handler gave at the last attempt
 * @param times the number of times that the message has been a dead letter of the source
 * @param attributes the original attributes for which no place is left, by name
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DeadLetterDetail(String messageId, @Nullable String source, int attempt, @Nullable String sentAt,
		@Nullable String handler, @Nullable String exception, @Nullable String fault, List<Violation> violations,
		@Nullable Integer violationsOmitted, @Nullable String lastReason, @Nullable Integer times,
		Map<String, String> attributes) {

	// Brokers refuse characters that XML 1.0 does not have; ASCII has none of them.
	private static final JsonMapper mapper = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

	public DeadLetterDetail {
		violations = List.copyOf(violations);
		attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
	}

	/**
	 * The detail that says where a message came from and no more.
	 * @param messageId the id that it had there
	 * @param source the place that it came from
	 * @return the detail
	 */
	public static DeadLetterDetail of(String messageId, String source) {
		return new DeadLetterDetail(messageId, source, 0, null, null, null, null, List.of(), null, null, null,
				Map.of());
	}

	/**
	 * Reads a detail. Anybody may have written it: what makes no sense counts as not
	 * known, and texts are fit to be printed.
	 * @param json the attribute, if there is one
	 * @return the detail; {@code null} if there is none
	 */
	public static @Nullable DeadLetterDetail read(@Nullable String json) {
		JsonNode node = parse(json);
		if (node == null || !node.isObject()) {
			return null;
		}
		List<Violation> violations = new ArrayList<>();
		node.path("violations").forEach((violation) -> violations.add(violation(violation)));
		Map<String, String> attributes = new TreeMap<>();
		node.path("attributes").forEachEntry((name, value) -> attributes.put(name, value.asString("")));
		String messageId = text(node, "messageId");
		return new DeadLetterDetail((messageId != null) ? messageId : "", text(node, "source"),
				node.path("attempt").asInt(0), text(node, "sentAt"), text(node, "handler"), text(node, "exception"),
				text(node, "fault"), violations, number(node, "violationsOmitted"), text(node, "lastReason"),
				number(node, "times"), attributes);
	}

	private static @Nullable JsonNode parse(@Nullable String json) {
		try {
			return (json != null) ? mapper.readTree(json) : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static Violation violation(JsonNode node) {
		return new Violation(LogText.of(node.path("path").asString("")), LogText.of(node.path("message").asString("")));
	}

	private static @Nullable String text(JsonNode node, String field) {
		JsonNode value = node.path(field);
		return value.isString() ? LogText.of(value.stringValue()) : null;
	}

	private static @Nullable Integer number(JsonNode node, String field) {
		JsonNode value = node.path(field);
		return value.isInt() ? value.intValue() : null;
	}

	/**
	 * Writes the detail.
	 * @return a JSON object, in ASCII
	 */
	public String toJson() {
		return mapper.writeValueAsString(this);
	}

}
