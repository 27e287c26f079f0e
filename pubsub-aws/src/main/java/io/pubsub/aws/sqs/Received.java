package io.pubsub.aws.sqs;

import java.util.List;

import io.pubsub.time.Timekeeper;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What a receive has brought.
 *
 * @param messages the messages
 * @param at the earliest time at which SQS may have handed them over, by the
 * {@link Timekeeper}
 * @param visibility the time for which they are ours from then on
 */
record Received(List<Message> messages, long at, Visibility visibility) {

}
