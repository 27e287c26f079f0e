/**
 * Receiving from SQS queues and settling what was received.
 */
@NullMarked
package io.pubsub.aws.sqs;

import org.jspecify.annotations.NullMarked;
