package io.pubsub.autoconfigure.internal;

import io.pubsub.dispatch.DeadLetters;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a stream is consumed, but there is no place for its dead letters. A queue
 * has a redrive policy; in a stream, a record that can never be handled would be tried
 * for ever, and all that comes after it would be kept from being done with.
 */
public final class StreamWithoutDeadLettersException extends RuntimeException implements Actionable {

	private final String property;

	private StreamWithoutDeadLettersException(String source, String property) {
		super("%s is consumed without a place for dead letters: a record that keeps failing would stop its shard for ever"
			.formatted(source));
		this.property = property;
	}

	/**
	 * Insists on a place for the dead letters of a stream.
	 * @param source the configured source, if there is one
	 * @param deadLetters the place, if there is one
	 * @param property the property that names it
	 */
	public static void check(@Nullable String source, @Nullable DeadLetters deadLetters, String property) {
		if (source != null && InputAddress.isStream(source) && deadLetters == null) {
			throw new StreamWithoutDeadLettersException(source, property);
		}
	}

	@Override
	public String action() {
		return "Set %s to the URL, ARN or name of a queue, or to the ARN of a topic.".formatted(this.property);
	}

}
