package io.pubsub.observe;

import io.pubsub.MediaType;
import io.pubsub.schema.SchemaRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The value of the tag {@code media_type}: a media type or pattern that is registered, or
 * {@code unknown}. Strangers cannot make tag values.
 *
 * @param schemas knows what is registered
 * @since 0.1.0
 */
public record MediaTypeTag(SchemaRegistry schemas) {

	/**
	 * The name of the tag.
	 */
	public static final String NAME = "media_type";

	private static final String UNKNOWN = "unknown";

	/**
	 * The value for a message.
	 * @param mediaType the media type of the message; {@code null} if that is not known
	 * @return the registered media type, or its pattern, or {@code unknown}
	 */
	public String of(@Nullable MediaType mediaType) {
		MediaType registered = (mediaType != null) ? this.schemas.registered(mediaType) : null;
		return (registered != null) ? registered.value() : UNKNOWN;
	}

}
