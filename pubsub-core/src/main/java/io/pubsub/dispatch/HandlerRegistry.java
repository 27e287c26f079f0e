package io.pubsub.dispatch;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.pubsub.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of an application, by media type.
 * <p>
 * Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class HandlerRegistry {

	private final Map<MediaType, Handler> handlers = new ConcurrentHashMap<>();

	/**
	 * Adds a handler.
	 * @param handler the handler
	 * @throws DuplicateHandlerException if its media type has a handler already
	 */
	public void register(Handler handler) {
		Handler existing = this.handlers.putIfAbsent(handler.mediaType(), handler);
		if (existing != null) {
			throw new DuplicateHandlerException(handler.mediaType(), existing.name(), handler.name());
		}
	}

	/**
	 * Adds handlers, as {@link HandlerMethods} finds them.
	 * @param handlers the handlers
	 * @throws DuplicateHandlerException if a media type has a handler already
	 */
	public void registerAll(Collection<Handler> handlers) {
		handlers.forEach(this::register);
	}

	/**
	 * The handler for the messages of a media type: that for exactly this type, or else
	 * that for the pattern it fits.
	 * @param mediaType the media type of a message
	 * @return the handler, or {@code null} if there is none
	 */
	public @Nullable Handler find(MediaType mediaType) {
		Handler exact = this.handlers.get(mediaType);
		return (exact != null) ? exact : this.handlers.get(mediaType.pattern());
	}

	/**
	 * All handlers.
	 * @return the handlers, ordered by media type
	 */
	public List<Handler> handlers() {
		return this.handlers.values()
			.stream()
			.sorted(Comparator.comparing((handler) -> handler.mediaType().value()))
			.toList();
	}

}
