package io.pubsub.autoconfigure;

import java.time.Duration;

import io.pubsub.daemon.Rate;
import io.pubsub.dispatch.Unhandled;
import io.pubsub.transport.Receiver;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of a pipeline. What is not set is as in pubsub.consumer and
 * pubsub.dead-letter.
 *
 * @param source Source to consume, as pubsub.source: the URL, ARN or name of an SQS
 * queue, file:PATH for the lines of a file, or stdin: for those of the standard input.
 * Default is pubsub.source if this is the only pipeline and there is no handler.
 * @param envelope Envelope of messages, as pubsub.envelope, which is the default, unless
 * the pipeline has one of its own.
 * @param maxInFlight Number of messages that are in the pipeline at once, at most 10000.
 * @param maxRate Number of messages that are begun in a time, such as 200/s.
 * @param enabled Whether this application runs the pipeline.
 * @param autoStartup Whether the pipeline starts with the application.
 * @param drain Time that a stop waits for what is in the pipeline. Keep it below
 * spring.lifecycle.timeout-per-shutdown-phase.
 * @param pollWait Time that a receive waits for messages, in whole seconds, at most 20s.
 * @param visibilityTimeout Time for which a received message is hidden from other
 * consumers, in whole seconds.
 * @param heartbeat Whether received messages are kept hidden for as long as they are in
 * the pipeline.
 * @param maxAttempts Number of deliveries after which a message is given up.
 * @param unhandled Settlement of messages of another media type than the pipeline takes.
 * @param backoff Delay before a failed message is delivered again.
 * @param ack Acknowledgement of messages.
 * @param deadLetter Dead letters: messages that can never succeed.
 * @since 0.1.0
 */
public record PipelineProperties(@Nullable String source, @Nullable String envelope,
		@DefaultValue("100") @Min(1) @Max(Receiver.MAX_CONCURRENCY) int maxInFlight, @Nullable Rate maxRate,
		@Nullable Boolean enabled, @Nullable Boolean autoStartup, @Nullable Duration drain, @Nullable Duration pollWait,
		@Nullable Duration visibilityTimeout, @Nullable Boolean heartbeat, @Nullable Integer maxAttempts,
		@Nullable Unhandled unhandled, @Nullable Backoff backoff, @Nullable Ack ack, @Nullable DeadLetter deadLetter) {

	/**
	 * Delay before a failed message is delivered again.
	 *
	 * @param policy Growth of the delay with the number of failures.
	 * @param base Delay with the fixed policy; limit of the first random delay with the
	 * exponential one.
	 * @param max Longest delay with the exponential policy.
	 */
	public record Backoff(PubSubProperties.@Nullable BackoffType policy, @Nullable Duration base,
			@Nullable Duration max) {

	}

	/**
	 * Acknowledgement of messages.
	 *
	 * @param linger Time that an acknowledgement waits for others, to be sent with them.
	 */
	public record Ack(@Nullable Duration linger) {

	}

	/**
	 * Where messages go that can never succeed.
	 *
	 * @param destination URL, ARN or name of an SQS queue, or ARN of an SNS topic.
	 * @param maxInvalidRatio Part of the last 100 messages that may become dead letters,
	 * from 0 to 1. With more, the pipeline halts.
	 * @param maxConsecutive Number of messages that may become dead letters in a row.
	 * With more, the pipeline halts.
	 */
	public record DeadLetter(@Nullable String destination, @Nullable Double maxInvalidRatio,
			@Nullable Integer maxConsecutive) {

	}

}
