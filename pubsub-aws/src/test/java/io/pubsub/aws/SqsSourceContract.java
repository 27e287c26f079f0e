package io.pubsub.aws;

import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.test.QueueUnderTest;
import io.pubsub.test.SourceContract;

/**
 * {@link SourceContract} for {@link SqsSource}.
 */
abstract class SqsSourceContract extends SourceContract {

	private final QueueUnderTest queue;

	SqsSourceContract(Broker broker) {
		this.queue = new SqsContractQueue(broker);
	}

	@Override
	protected QueueUnderTest queue() {
		return this.queue;
	}

}
