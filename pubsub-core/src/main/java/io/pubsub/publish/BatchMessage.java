package io.pubsub.publish;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.pubsub.MediaType;
import io.pubsub.MessageSchema;
import io.pubsub.internal.LogText;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.WireCharacters;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * Messages that travel as one, in the form of microcosm-pubsub, until
 * {@link PublishBatchHandler} or a peer's publishes each to its own topic.
 *
 * @param messages the messages
 * @since 0.1.0
 */
@MessageSchema(resource = BatchMessage.RESOURCE)
public record BatchMessage(@JsonProperty("messages") @NotNull List<@NotNull @Valid Item> messages) {

	/**
	 * The resource in the media type: its change is that it was created.
	 */
	public static final String RESOURCE = "batch_message";

	/**
	 * Counts the messages without saying what is in them, so that it may be logged.
	 */
	@Override
	public String toString() {
		return "BatchMessage[" + this.messages.size() + " messages]";
	}

	/**
	 * One of the messages.
	 *
	 * @param mediaType the media type
	 * @param message the encoded text, with media type and opaque data inside
	 * @param topicArn the ARN of its topic
	 * @param opaqueData the opaque data once more, which is how a peer logs it
	 * @param messageAttributes the attributes that travel beside the text
	 */
	public record Item(@JsonProperty("media_type") @NotNull String mediaType,
			@JsonProperty("message") @NotNull String message, @JsonProperty("topic_arn") @NotNull String topicArn,
			@JsonProperty("opaque_data") @Nullable Map<String, Object> opaqueData,
			@JsonProperty("message_attributes") @Nullable Map<String, @Valid Attribute> messageAttributes) {

		OutboundMessage toOutbound() {
			MediaType type = new MediaType(this.mediaType);
			Map<String, String> attributes = (this.messageAttributes != null) ? Attribute.values(this.messageAttributes)
					: Map.of(MessageComposer.MEDIA_TYPE, this.mediaType);
			return new OutboundMessage(this.topicArn, type, WireCharacters.escapeInJson(this.message), attributes);
		}

		/**
		 * Names the message without its content, so that it may be logged.
		 */
		@Override
		public String toString() {
			return LogText.of("Item[" + this.mediaType + " to " + this.topicArn + "]");
		}

	}

	/**
	 * An attribute as the API of SNS has it.
	 *
	 * @param dataType the data type, which is {@code String}
	 * @param stringValue the value
	 */
	public record Attribute(@JsonProperty("DataType") @NotNull String dataType,
			@JsonProperty("StringValue") @NotNull String stringValue) {

		private static Map<String, String> values(Map<String, Attribute> attributes) {
			return attributes.entrySet()
				.stream()
				.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().stringValue()));
		}

	}

}
