package io.pubsub.publish;

import io.pubsub.MediaType;

/**
 * Thrown when the configuration names no topic for a media type.
 */
public final class NoTopicException extends IllegalStateException {

	private NoTopicException(String message) {
		super(message);
	}

	static NoTopicException of(MediaType mediaType) {
		return new NoTopicException(
				"no topic for media type %1$s: set pubsub.producer.topics.mappings[%1$s] or pubsub.producer.topics.default"
					.formatted(mediaType));
	}

	static NoTopicException ofBatch(MediaType mediaType) {
		return new NoTopicException(
				"no topic for batches, media type %1$s: set pubsub.producer.topics.mappings[%1$s];".formatted(mediaType)
						+ " they never go to the default topic");
	}

}
