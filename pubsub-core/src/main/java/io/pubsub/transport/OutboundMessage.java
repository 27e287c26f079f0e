package io.pubsub.transport;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

import io.pubsub.MediaType;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way out, encoded and routed.
 *
 * @param address the address, in the words of the destination: for SNS the ARN of a topic
 * @param mediaType the media type
 * @param body the encoded text
 * @param attributes the attributes that travel beside the body
 * @param groupId the group in which the order of messages counts, if there is one
 * @param deduplicationId the id that two copies of the same message have in common, if
 * known
 * @since 0.1.0
 */
public record OutboundMessage(String address, MediaType mediaType, String body, Map<String, String> attributes,
		@Nullable String groupId, @Nullable String deduplicationId) {

	// "String": the data type of every attribute is sent, and counted, with it.
	private static final int DATA_TYPE_BYTES = 6;

	public OutboundMessage {
		Objects.requireNonNull(address, "an outbound message needs an address");
		Objects.requireNonNull(mediaType, "an outbound message needs a media type");
		Objects.requireNonNull(body, "an outbound message needs a body");
		attributes = Map.copyOf(attributes);
	}

	/**
	 * A message without a group.
	 * @param address the address, in the words of the destination
	 * @param mediaType the media type
	 * @param body the encoded text
	 * @param attributes the attributes that travel beside the body
	 */
	public OutboundMessage(String address, MediaType mediaType, String body, Map<String, String> attributes) {
		this(address, mediaType, body, attributes, null, null);
	}

	/**
	 * The size that counts against a broker's limits: body and attributes in UTF-8.
	 * @return the number of bytes
	 */
	public int sizeInBytes() {
		int size = utf8Length(this.body);
		for (Map.Entry<String, String> attribute : this.attributes.entrySet()) {
			size += utf8Length(attribute.getKey()) + DATA_TYPE_BYTES + utf8Length(attribute.getValue());
		}
		return size;
	}

	private static int utf8Length(String text) {
		return text.getBytes(StandardCharsets.UTF_8).length;
	}

	/**
	 * Names the message without its content, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "OutboundMessage[" + this.mediaType + " to " + LogText.of(this.address) + ", " + this.body.length()
				+ " characters]";
	}

}
