package io.pubsub.autoconfigure;

import io.pubsub.dispatch.DeadLetters;
import org.jspecify.annotations.Nullable;

/**
 * Makes the places for the dead letters of the daemons of the application.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DeadLettersFactory {

	/**
	 * Makes a place for dead letters.
	 * @param destination the URL, ARN or name of a queue, or the ARN of a topic
	 * @param source the address that the messages come from; {@code null} if it is not
	 * known
	 * @return the place
	 * @throws IllegalArgumentException if the destination cannot be right, or leads back
	 * to the source
	 */
	DeadLetters create(String destination, @Nullable String source);

}
