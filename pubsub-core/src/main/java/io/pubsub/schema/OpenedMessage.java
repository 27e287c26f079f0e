package io.pubsub.schema;

import java.util.Map;
import java.util.Objects;

import io.pubsub.MediaType;
import io.pubsub.OpaqueData;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message out of its envelope, its content not yet bound to a class.
 *
 * @param mediaType the media type
 * @param content the fields of the content
 * @param opaqueData the opaque data
 * @param attributes the message attributes, whether SNS put them into the body or the
 * broker carried them beside it
 * @param snsMessageId the id that SNS gave to the message, if it came in a notification
 * @param topicArn the topic that it was published to, if it came in a notification
 * @since 0.1.0
 */
public record OpenedMessage(MediaType mediaType, ObjectNode content, OpaqueData opaqueData,
		Map<String, String> attributes, @Nullable String snsMessageId, @Nullable String topicArn) {

	public OpenedMessage {
		Objects.requireNonNull(mediaType, "an opened message needs a media type");
		Objects.requireNonNull(content, "an opened message needs content, which may be empty");
		Objects.requireNonNull(opaqueData, "an opened message needs opaque data, which may be empty");
		attributes = Map.copyOf(attributes);
	}

	/**
	 * Names the message without its content, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "OpenedMessage[" + this.mediaType + ", " + this.content.size() + " fields, " + this.opaqueData + "]";
	}

}
