package io.pubsub.kinesis.consume;

import io.pubsub.test.HeartbeatContract;
import io.pubsub.test.QueueUnderTest;

/**
 * Tests for {@link KinesisSource}, on a stream in memory.
 */
class KinesisHeartbeatContractTests extends HeartbeatContract {

	private final QueueUnderTest queue = new StreamContractQueue();

	@Override
	protected QueueUnderTest queue() {
		return this.queue;
	}

}
