package io.pubsub.aws.doctor;

import java.time.Clock;
import java.time.Duration;

import io.pubsub.aws.topology.ServiceFacts;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Reads the facts about the queues and topics of a service: all at once, and within a
 * time. It changes nothing and receives nothing: whether messages may be received,
 * deleted and hidden it finds out by requests that SQS refuses.
 * <p>
 * Safe for use by many threads. It needs {@code sqs:GetQueueUrl},
 * {@code sqs:GetQueueAttributes}, {@code sns:GetTopicAttributes},
 * {@code sns:ListSubscriptionsByTopic} and {@code sns:GetSubscriptionAttributes}; what is
 * not allowed is {@link Unseen}.
 *
 * @param sqs the client of SQS
 * @param sns the client of SNS; {@code null} if there is none, so that no topic is read
 * @param caller the way to find out who asks; {@code null} if there is none
 * @param keys the way to the policies of keys; {@code null} if there is none
 * @param clock the clock that is compared to that of AWS
 * @since 0.1.0
 */
public record FactsReader(SqsAsyncClient sqs, @Nullable SnsAsyncClient sns, @Nullable Caller caller,
		@Nullable KeyPolicies keys, Clock clock) {

	/**
	 * Reads the facts.
	 * @param service the facts of the service itself
	 * @param deadline the time after which what was not answered is {@link Unseen}
	 * @return the facts
	 */
	public Facts read(ServiceFacts service, Duration deadline) {
		return new Reading(this, service, deadline).read();
	}

}
