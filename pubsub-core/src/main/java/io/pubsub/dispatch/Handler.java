package io.pubsub.dispatch;

import io.pubsub.MediaType;
import io.pubsub.MessageHandler;

/**
 * A handler as it is registered, for the messages of one media type.
 *
 * @param name the name that people know it by, such as {@code orderHandler.onCreated}
 * @param mediaType the media type or pattern
 * @param contentType the class that a message is decoded to before the handler is called
 * @param target the handler itself
 * @since 0.1.0
 */
public record Handler(String name, MediaType mediaType, Class<?> contentType,
		MessageHandler<Object> target) implements Recipient {

	@Override
	public String toString() {
		return this.name;
	}

}
