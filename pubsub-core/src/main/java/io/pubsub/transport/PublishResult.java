package io.pubsub.transport;

import org.jspecify.annotations.Nullable;

/**
 * The result of one outgoing message: published under an id, or not published. The id is
 * the proof: a message that a destination did not confirm with one does not count as
 * published.
 *
 * @param messageId the id that the destination gave to the message; {@code null} if it
 * was not published
 * @param failure the reason why the message was not published; {@code null} if it was
 * @since 0.1.0
 */
public record PublishResult(@Nullable String messageId, @Nullable Exception failure) {

	/**
	 * Makes a result.
	 * @throws IllegalArgumentException if there is neither an id nor a failure, or both
	 */
	public PublishResult {
		if ((messageId == null || messageId.isEmpty()) == (failure == null)) {
			throw new IllegalArgumentException("a message is either published, under the id that the destination gave"
					+ " to it, or not published for a reason: a destination without ids has to make them up");
		}
	}

	/**
	 * The message is in the hands of the destination.
	 * @param messageId the id that the destination gave to it, not empty
	 * @return the result
	 */
	public static PublishResult published(String messageId) {
		return new PublishResult(messageId, null);
	}

	/**
	 * The message was not published.
	 * @param failure the reason
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
