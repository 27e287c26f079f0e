package io.pubsub.aws.sqs;

/**
 * One receive that is to be sent.
 *
 * @param limit the number of messages that it may bring
 * @param patient whether it waits at an empty queue for as long as was configured
 */
record Ask(int limit, boolean patient) {

}
