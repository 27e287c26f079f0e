package io.pubsub.publish;

import io.pubsub.MediaType;

/**
 * Thrown when there is no topic for a media type.
 *
 * @since 0.1.0
 */
public final class NoTopicException extends IllegalStateException {

	private final MediaType mediaType;

	private final boolean batch;

	NoTopicException(MediaType mediaType, boolean batch) {
		super((batch
				? "no topic for batches, media type %s: map it to a topic of its own, as batches never go to the default topic"
				: "no topic for media type %s: map it to a topic, or name a default topic")
			.formatted(mediaType));
		this.mediaType = mediaType;
		this.batch = batch;
	}

	/**
	 * The media type that has no topic.
	 * @return the media type
	 */
	public MediaType mediaType() {
		return this.mediaType;
	}

	/**
	 * Whether it is the media type of batches, which never go to the default topic.
	 * @return {@code false} if a default topic would do
	 */
	public boolean isBatch() {
		return this.batch;
	}

}
