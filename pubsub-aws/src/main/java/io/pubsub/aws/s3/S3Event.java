package io.pubsub.aws.s3;

import java.util.List;

import io.pubsub.MessageSchema;

/**
 * The content of a message in which S3 tells what happened to objects.
 *
 * @param objects the objects, one for each record of the message, in their order; at
 * least one
 * @since 0.1.0
 */
@MessageSchema(mediaType = S3Event.MEDIA_TYPE)
public record S3Event(List<S3Object> objects) {

	/**
	 * The media type that {@link S3EventEnvelope} gives to every message.
	 */
	public static final String MEDIA_TYPE = "application/vnd.amazon.s3-event+json";

	public S3Event {
		objects = List.copyOf(objects);
	}

}
