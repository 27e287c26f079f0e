package io.pubsub.transport;

import org.jspecify.annotations.Nullable;

/**
 * What became of one outgoing message: published under an id, or not published.
 *
 * @param messageId the id that the destination gave to the message; {@code null} if it
 * was not published, or if the destination gives no ids
 * @param failure why the message was not published; {@code null} if it was
 */
public record PublishResult(@Nullable String messageId, @Nullable Exception failure) {

	/**
	 * The message is in the hands of the destination.
	 * @param messageId the id that the destination gave to it
	 * @return the result
	 */
	public static PublishResult published(@Nullable String messageId) {
		return new PublishResult(messageId, null);
	}

	/**
	 * The message was not published.
	 * @param failure why
	 * @return the result
	 */
	public static PublishResult failed(Exception failure) {
		return new PublishResult(null, failure);
	}

	/**
	 * Whether the message is in the hands of the destination.
	 * @return {@code false} if it was not published
	 */
	public boolean isPublished() {
		return this.failure == null;
	}

}
