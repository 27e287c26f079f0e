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
 * @param refused whether the message was refused for its own sake, so that it will be
 * refused again as it is; an outage, throttling or a missing permission is no such reason
 * @since 0.1.0
 */
public record PublishResult(@Nullable String messageId, @Nullable Exception failure, boolean refused) {

	/**
	 * Makes a result.
	 * @throws IllegalArgumentException if there is neither an id nor a failure, or both
	 */
	public PublishResult {
		if ((messageId == null || messageId.isEmpty()) == (failure == null)) {
			throw new IllegalArgumentException("a message is either published, under the id that the destination gave"
					+ " to it, or not published for a reason: a destination without ids has to make them up");
		}
		if (refused && failure == null) {
			throw new IllegalArgumentException("a message that is published is not refused");
		}
	}

	/**
	 * Makes a result of a message that was not refused for its own sake.
	 * @param messageId the id that the destination gave to the message; {@code null} if
	 * it was not published
	 * @param failure the reason why the message was not published; {@code null} if it was
	 * @throws IllegalArgumentException if there is neither an id nor a failure, or both
	 */
	public PublishResult(@Nullable String messageId, @Nullable Exception failure) {
		this(messageId, failure, false);
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
	 * The message was refused for its own sake, and will be refused again as it is.
	 * @param failure the reason
	 * @return the result
	 */
	public static PublishResult refused(Exception failure) {
		return new PublishResult(null, failure, true);
	}

	/**
	 * Whether the message is in the hands of the destination.
	 * @return {@code false} if it was not published
	 */
	public boolean isPublished() {
		return this.failure == null;
	}

}
