package io.pubsub.aws.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * What SQS tells of a queue without handing over a message. The numbers are estimates.
 *
 * @param arn the ARN of the queue
 * @param visible the number of letters that can be received
 * @param hidden the number of letters that somebody has received and may come back
 * @param deadLetterQueue the ARN of the queue to which its redrive policy leads;
 * {@code null} if it has none
 * @since 0.1.0
 */
public record QueueState(String arn, long visible, long hidden, @Nullable String deadLetterQueue) {

}
