package io.pubsub.aws;

import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.test.QueueUnderTest;
import io.pubsub.test.SubscriptionContract;

/**
 * {@link SubscriptionContract} for {@link SqsSource}.
 */
abstract class SqsSubscriptionContract extends SubscriptionContract {

	private final QueueUnderTest queue;

	SqsSubscriptionContract(Broker broker) {
		this.queue = new SqsContractQueue(broker);
	}

	@Override
	protected QueueUnderTest queue() {
		return this.queue;
	}

}
