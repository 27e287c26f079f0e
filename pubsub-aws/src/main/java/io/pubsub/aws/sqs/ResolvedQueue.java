package io.pubsub.aws.sqs;

/**
 * A queue that was found.
 *
 * @param url its URL
 * @param visibility the setting of the queue when it was found, 0 s to 12 h
 */
record ResolvedQueue(String url, Visibility visibility) {

}
