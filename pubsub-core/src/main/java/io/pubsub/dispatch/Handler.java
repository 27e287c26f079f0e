package io.pubsub.dispatch;

import io.pubsub.MediaType;
import io.pubsub.MessageHandler;

/**
 * A handler as it is registered: what is called for the messages of one media type.
 *
 * @param name what people know it by, such as {@code orderHandler.onCreated}
 * @param mediaType the media type or pattern
 * @param contentType what a message is decoded to before the handler is called
 * @param target what is called
 */
public record Handler(String name, MediaType mediaType, Class<?> contentType, MessageHandler<Object> target) {

	@Override
	public String toString() {
		return this.name;
	}

}
