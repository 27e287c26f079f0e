package io.pubsub.local.internal.sns;

/**
 * Why a queue did not take a message.
 *
 * @param code the error code of SQS
 * @param reason the error message of SQS
 */
record Refusal(String code, String reason) {

}
