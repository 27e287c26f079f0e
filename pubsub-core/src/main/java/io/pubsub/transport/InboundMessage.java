package io.pubsub.transport;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * A message as a source received it, its body still unopened.
 *
 * @param id the id that the source gave to the message; the same at every delivery
 * @param body the text of the message
 * @param attributes the attributes that came beside the body, as text
 * @param groupId the group in which the order of messages counts, if there is one
 * @param sentAt the time at which the message reached the source, if known
 * @since 0.1.0
 */
public record InboundMessage(String id, String body, Map<String, String> attributes, @Nullable String groupId,
		@Nullable Instant sentAt) {

	public InboundMessage {
		Objects.requireNonNull(id, "a message needs an id");
		Objects.requireNonNull(body, "a message needs a body");
		attributes = Map.copyOf(attributes);
	}

	/**
	 * A message that has a body and nothing else.
	 * @param id the id of the message
	 * @param body the text of the message
	 */
	public InboundMessage(String id, String body) {
		this(id, body, Map.of(), null, null);
	}

	/**
	 * Names the message without its content, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "InboundMessage[id=" + LogText.of(this.id) + ", " + this.body.length() + " characters]";
	}

}
