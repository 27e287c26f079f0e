package io.pubsub.aws.doctor;

import java.time.Duration;
import java.util.Set;

import io.pubsub.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * A queue that the service consumes, and how.
 *
 * @param name the name of its daemon
 * @param queue the URL, ARN or name of the queue
 * @param mediaTypes the media types and patterns that are handled; empty if that is not
 * known, as of a pipeline
 * @param maxAttempts the number of deliveries after which a message is given up;
 * {@code null} leaves it to the queue
 * @param visibilityTimeout the time for which a message is hidden; {@code null} leaves it
 * to the queue
 * @param heartbeat whether the visibility is extended while a message is worked on
 * @param handlingTime the longest time that a handler takes, as it was measured or is
 * configured; {@code null} if it is not known
 * @param pollWait the time that a receive waits
 * @param deadLetters whether the service has a place of its own for dead letters
 * @param bare whether its envelope takes no notification of SNS around a message
 * @param signed whether it takes signed notifications only
 * @since 0.1.0
 */
public record Consumption(String name, String queue, Set<MediaType> mediaTypes, @Nullable Integer maxAttempts,
		@Nullable Duration visibilityTimeout, boolean heartbeat, @Nullable Duration handlingTime, Duration pollWait,
		boolean deadLetters, boolean bare, boolean signed) {

	public Consumption {
		mediaTypes = Set.copyOf(mediaTypes);
	}

}
