package io.pubsub.aws.sqs;

import java.time.Duration;

/**
 * A queue that was found.
 *
 * @param url its URL
 * @param visibilityTimeout the setting of the queue when it was found, 0 s to 12 h
 */
record ResolvedQueue(String url, Duration visibilityTimeout) {

}
