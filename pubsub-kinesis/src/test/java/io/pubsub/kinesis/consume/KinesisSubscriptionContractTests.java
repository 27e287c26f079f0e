package io.pubsub.kinesis.consume;

import io.pubsub.test.QueueUnderTest;
import io.pubsub.test.SubscriptionContract;

/**
 * Tests for {@link KinesisSource}, on a stream in memory.
 */
class KinesisSubscriptionContractTests extends SubscriptionContract {

	// Consumers share it by its shards, of which the first takes five records.
	private final QueueUnderTest queue = new StreamContractQueue(new FakeReader.Stream(5));

	@Override
	protected QueueUnderTest queue() {
		return this.queue;
	}

}
