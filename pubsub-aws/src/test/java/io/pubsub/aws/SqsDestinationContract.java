package io.pubsub.aws;

import java.time.Duration;

import io.pubsub.aws.sqs.SqsDestination;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.test.DestinationContract;
import io.pubsub.transport.Destination;
import io.pubsub.transport.Source;

/**
 * {@link DestinationContract} for {@link SqsDestination}.
 */
abstract class SqsDestinationContract extends DestinationContract {

	private final Broker broker;

	private final String queueUrl;

	SqsDestinationContract(Broker broker) {
		this.broker = broker;
		this.queueUrl = broker.createQueue(Duration.ofSeconds(30));
	}

	@Override
	protected Destination destination() {
		return new SqsDestination(this.broker.sqs());
	}

	@Override
	protected String address() {
		return this.queueUrl;
	}

	@Override
	protected String unknownAddress() {
		return this.queueUrl + "-missing";
	}

	@Override
	protected Source arrivals() {
		return new SqsSource(this.broker.sqs(), SqsSourceOptions.builder(this.queueUrl).concurrency(50).build());
	}

}
