package io.pubsub.publish;

import java.util.Objects;

import io.pubsub.MediaType;
import io.pubsub.OpaqueData;
import org.jspecify.annotations.Nullable;

/**
 * Content to publish, with what its class does not say.
 *
 * @param mediaType the media type; {@code null} for that of the content's class;
 * {@code <change>.<resource>} stands for one of the naming convention
 * @param content the content: an instance of a schema class, or a map
 * @param opaqueData opaque data of the message's own; it wins over what is propagated
 * @param groupId the group in which the order of messages counts; {@code null} for that
 * which the content declares with {@link io.pubsub.MessageGroupId}, or else that of the
 * message that is being handled
 * @param deduplicationId the id that two copies of the same message have in common;
 * {@code null} for that which the content declares with
 * {@link io.pubsub.MessageDeduplicationId}
 * @since 0.1.0
 */
public record Message(@Nullable MediaType mediaType, Object content, OpaqueData opaqueData, @Nullable String groupId,
		@Nullable String deduplicationId) {

	public Message {
		Objects.requireNonNull(content, "a message needs content");
		Objects.requireNonNull(opaqueData, "a message needs opaque data, which may be empty");
	}

	/**
	 * Content whose class declares its media type.
	 * @param content the content
	 * @return the message
	 */
	public static Message of(Object content) {
		return new Message(null, content, OpaqueData.none(), null, null);
	}

	/**
	 * Content of a media type.
	 * @param mediaType the media type, whole or as {@code <change>.<resource>}
	 * @param content the content
	 * @return the message
	 */
	public static Message of(MediaType mediaType, Object content) {
		return new Message(mediaType, content, OpaqueData.none(), null, null);
	}

	/**
	 * This message with opaque data of its own.
	 * @param data the opaque data
	 * @return the new message
	 */
	public Message with(OpaqueData data) {
		return new Message(this.mediaType, this.content, this.opaqueData.with(data), this.groupId,
				this.deduplicationId);
	}

	/**
	 * This message in a group.
	 * @param group the group in which the order of messages counts
	 * @return the new message
	 */
	public Message inGroup(String group) {
		return new Message(this.mediaType, this.content, this.opaqueData, group, this.deduplicationId);
	}

	/**
	 * This message with a deduplication id.
	 * @param id the id that two copies of the same message have in common
	 * @return the new message
	 */
	public Message deduplicatedBy(String id) {
		return new Message(this.mediaType, this.content, this.opaqueData, this.groupId, id);
	}

	/**
	 * Names the message without its content, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "Message[" + ((this.mediaType != null) ? this.mediaType : this.content.getClass().getName()) + "]";
	}

}
