package io.pubsub.schema;

import io.pubsub.MediaType;

/**
 * Thrown when two classes claim to be the schema of one media type.
 *
 * @since 0.1.0
 */
public final class SchemaConflictException extends IllegalStateException {

	SchemaConflictException(MediaType mediaType, Class<?> registered, Class<?> refused) {
		super("media type %s has the schema %s: %s must have another media type".formatted(mediaType,
				registered.getName(), refused.getName()));
	}

}
