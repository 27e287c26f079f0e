package io.pubsub.aws.topology;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.pubsub.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * A queue that the service consumes, and how.
 *
 * @param name the name of its daemon
 * @param queue the URL, ARN or name of the queue
 * @param handlers the names of those who handle it, by media type or pattern; empty if
 * that is not known, as of a pipeline with an envelope of its own
 * @param topics the ARNs of the topics from which its messages are expected
 * @param maxAttempts the number of deliveries after which a message is given up;
 * {@code null} leaves it to the queue
 * @param visibilityTimeout the time for which a message is hidden; {@code null} leaves it
 * to the queue
 * @param heartbeat whether the visibility is extended while a message is worked on
 * @param handlingTime the longest time that a handler takes, as it was measured or is
 * configured; {@code null} if it is not known
 * @param pollWait the time that a receive waits
 * @param deadLetters the address of the service's own place for dead letters;
 * {@code null} if it has none
 * @param bare whether its envelope takes no notification of SNS around a message
 * @param signed whether it takes signed notifications only
 * @since 0.1.0
 */
public record Consumption(String name, String queue, Map<MediaType, String> handlers, Set<String> topics,
		@Nullable Integer maxAttempts, @Nullable Duration visibilityTimeout, boolean heartbeat,
		@Nullable Duration handlingTime, Duration pollWait, @Nullable String deadLetters, boolean bare,
		boolean signed) {

	public Consumption {
		handlers = Map.copyOf(handlers);
		topics = Set.copyOf(topics);
	}

	/**
	 * Whether messages of a media type are handled.
	 * @param mediaType the media type
	 * @return {@code true} if it has a handler, or its pattern has
	 */
	public boolean handles(MediaType mediaType) {
		return this.handlers.containsKey(mediaType) || this.handlers.containsKey(mediaType.pattern());
	}

}
