package io.pubsub.publish;

import io.pubsub.MediaType;
import io.pubsub.internal.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a message was not published, or when nobody knows whether it was.
 *
 * @since 0.1.0
 */
public final class PublishException extends RuntimeException {

	private final @Nullable MediaType mediaType;

	private final @Nullable String topic;

	PublishException(String message, @Nullable Throwable cause) {
		super(message, cause);
		this.mediaType = null;
		this.topic = null;
	}

	PublishException(MediaType mediaType, String topic, Throwable cause) {
		super("could not publish %s to %s: %s".formatted(mediaType, LogText.of(topic), LogText.of(cause.getMessage())),
				cause);
		this.mediaType = mediaType;
		this.topic = topic;
	}

	/**
	 * The media type of the message.
	 * @return the media type, or {@code null} if the failure is not about one message
	 */
	public @Nullable MediaType mediaType() {
		return this.mediaType;
	}

	/**
	 * Where the message was to go.
	 * @return the topic, or {@code null} if the failure is not about one message
	 */
	public @Nullable String topic() {
		return this.topic;
	}

}
