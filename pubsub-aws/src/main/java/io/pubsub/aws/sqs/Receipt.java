package io.pubsub.aws.sqs;

/**
 * What it takes to settle a received message.
 *
 * @param messageId the id of the message, the same at every delivery
 * @param handle the receipt handle of this delivery
 * @param receivedAt when it was received, in the nanoseconds of the {@link Timekeeper}
 * @param expiresAt when it stops being ours, likewise
 */
record Receipt(String messageId, String handle, long receivedAt, long expiresAt) {

}
