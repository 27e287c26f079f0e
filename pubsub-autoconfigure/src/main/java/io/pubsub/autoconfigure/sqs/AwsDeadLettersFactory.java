package io.pubsub.autoconfigure.sqs;

import java.time.Duration;
import java.util.Map;

import io.pubsub.autoconfigure.DeadLettersFactory;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.aws.sns.SnsDestination;
import io.pubsub.aws.sqs.DeadLetterCycle;
import io.pubsub.aws.sqs.SqsDestination;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes the places for dead letters in AWS.
 *
 * @param sqs the client of SQS
 * @param sns the client of SNS, if a topic is named
 * @param producer the properties of what is published
 * @param time the time for all
 */
record AwsDeadLettersFactory(SqsAsyncClient sqs, ObjectProvider<SnsAsyncClient> sns, PubSubProperties.Producer producer,
		Timekeeper time) implements DeadLettersFactory {

	@Override
	public DeadLetters create(String destination, @Nullable String source) {
		return create(destination, source, InputAddress.isQueue(source) ? source : null);
	}

	/**
	 * Makes a place for dead letters.
	 * @param destination the address of the place
	 * @param source the address that the messages come from, if it is known
	 * @param queue the queue that the letters must not come back to, if there is one
	 * @return the place
	 */
	DeadLetters create(String destination, @Nullable String source, @Nullable String queue) {
		Duration timeout = this.producer.timeout();
		if (destination.contains(":sns:")) {
			SnsAsyncClient client = this.sns.getObject();
			SnsDestination topic = new SnsDestination(client, null, this.producer.maxMessageBytes(), Map.of(), timeout,
					this.time);
			topic.check(destination);
			if (queue != null) {
				new DeadLetterCycle(this.sqs, queue).refuseTopic(client, destination);
			}
			return new DeadLetters(topic, destination, source);
		}
		SqsDestination letters = new SqsDestination(this.sqs, timeout, this.time);
		letters.check(destination);
		if (queue != null) {
			new DeadLetterCycle(this.sqs, queue).refuseQueue(destination);
		}
		return new DeadLetters(letters, destination, source);
	}

}
