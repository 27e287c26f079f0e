package io.pubsub.dispatch;

import io.pubsub.MediaType;

/**
 * Thrown when a second handler is registered for a media type.
 *
 * @since 0.1.0
 */
public class DuplicateHandlerException extends RuntimeException {

	private final MediaType mediaType;

	private final String firstHandler;

	private final String secondHandler;

	DuplicateHandlerException(MediaType mediaType, String firstHandler, String secondHandler) {
		super("Both '%s' and '%s' handle '%s', but a media type has one handler".formatted(firstHandler, secondHandler,
				mediaType));
		this.mediaType = mediaType;
		this.firstHandler = firstHandler;
		this.secondHandler = secondHandler;
	}

	/**
	 * The media type that both handlers claim.
	 * @return the media type
	 */
	public MediaType mediaType() {
		return this.mediaType;
	}

	/**
	 * The handler that was there first.
	 * @return its name
	 */
	public String firstHandler() {
		return this.firstHandler;
	}

	/**
	 * The handler that came second.
	 * @return its name
	 */
	public String secondHandler() {
		return this.secondHandler;
	}

}
