package io.pubsub.aws;

import java.time.Duration;

import io.pubsub.aws.sns.SnsDestination;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.test.DestinationContract;
import io.pubsub.transport.Destination;
import io.pubsub.transport.Source;

/**
 * {@link DestinationContract} for {@link SnsDestination}.
 */
abstract class SnsDestinationContract extends DestinationContract {

	private final Broker broker;

	private final String topicArn;

	private final String queueUrl;

	SnsDestinationContract(Broker broker) {
		this.broker = broker;
		this.topicArn = broker.createTopic();
		this.queueUrl = broker.createQueue(Duration.ofSeconds(30));
		broker.subscribe(this.topicArn, this.queueUrl, true);
	}

	@Override
	protected Destination destination() {
		return new SnsDestination(this.broker.sns());
	}

	@Override
	protected String address() {
		return this.topicArn;
	}

	@Override
	protected String unknownAddress() {
		return this.topicArn + "-missing";
	}

	@Override
	protected Source arrivals() {
		return new SqsSource(this.broker.sqs(), SqsSourceOptions.builder(this.queueUrl).concurrency(50).build());
	}

}
