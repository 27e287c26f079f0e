package io.pubsub.aws.sqs;

import java.time.Duration;
import java.util.List;

import io.pubsub.time.Timekeeper;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What a receive has brought.
 *
 * @param messages the messages
 * @param at when SQS may have handed them over at the earliest, by the {@link Timekeeper}
 * @param visibility how long they are ours from then on
 */
record Received(List<Message> messages, long at, Duration visibility) {

}
