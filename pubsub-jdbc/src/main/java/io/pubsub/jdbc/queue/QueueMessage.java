package io.pubsub.jdbc.queue;

import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A message on its way into a queue.
 *
 * @param body the text of the message
 * @param attributes the attributes beside the body
 * @param groupId the group in which the order of messages counts, at most 255 characters;
 * {@code null} if there is none
 * @param deduplicationId the id that two copies of the same message have in common, at
 * most 255 characters; {@code null} if each message is one of its own
 * @since 0.1.0
 */
public record QueueMessage(String body, Map<String, String> attributes, @Nullable String groupId,
		@Nullable String deduplicationId) {

	private static final int LONGEST_ID = 255;

	public QueueMessage {
		Objects.requireNonNull(body, "a message needs a body");
		attributes = Map.copyOf(attributes);
		check("group id", groupId);
		check("deduplication id", deduplicationId);
	}

	/**
	 * A message that has a body and nothing else.
	 * @param body the text of the message
	 */
	public QueueMessage(String body) {
		this(body, Map.of(), null, null);
	}

	/**
	 * A message of a group.
	 * @param body the text of the message
	 * @param groupId the group in which the order of messages counts
	 * @return the message
	 */
	public static QueueMessage inGroup(String body, String groupId) {
		return new QueueMessage(body, Map.of(), groupId, null);
	}

	private static void check(String what, @Nullable String id) {
		if (id != null && (id.isEmpty() || id.length() > LONGEST_ID)) {
			throw new IllegalArgumentException(
					"a %s needs 1 to %d characters, not %d".formatted(what, LONGEST_ID, id.length()));
		}
	}

	/**
	 * Names the message without its content, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "QueueMessage[" + this.body.length() + " characters]";
	}

}
