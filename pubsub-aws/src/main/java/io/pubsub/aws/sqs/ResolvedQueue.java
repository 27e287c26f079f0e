package io.pubsub.aws.sqs;

import java.time.Duration;

/**
 * A queue that was found.
 *
 * @param url its URL
 * @param visibilityTimeout how long a message is ours when a receive does not say
 */
record ResolvedQueue(String url, Duration visibilityTimeout) {

	boolean isFifo() {
		return this.url.endsWith(".fifo");
	}

}
