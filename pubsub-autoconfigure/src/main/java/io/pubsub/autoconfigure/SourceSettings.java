package io.pubsub.autoconfigure;

import io.pubsub.transport.BackoffPolicy;

/**
 * What a daemon consumes, and how.
 *
 * @param address the URL, ARN or name of a queue, {@code file:PATH} or {@code stdin:}
 * @param concurrency the number of messages that are worked on at once
 * @param maxPrefetch the largest number of messages that are fetched ahead of these
 * @param consumer the other settings of the daemon
 * @param backoff the delay before a failed message comes again
 * @since 0.1.0
 */
public record SourceSettings(String address, int concurrency, int maxPrefetch, PubSubProperties.Consumer consumer,
		BackoffPolicy backoff) {

	/**
	 * The settings for the handlers of the application.
	 * @param properties the properties
	 * @param backoff the delay before a failed message comes again
	 * @return the settings
	 */
	public static SourceSettings ofHandlers(PubSubProperties properties, BackoffPolicy backoff) {
		PubSubProperties.Consumer consumer = properties.consumer();
		return new SourceSettings(String.valueOf(properties.source()), consumer.concurrency(), consumer.maxPrefetch(),
				consumer, backoff);
	}

}
