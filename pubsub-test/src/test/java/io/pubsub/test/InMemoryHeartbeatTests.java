package io.pubsub.test;

/**
 * Tests for how {@link InMemorySubscription} keeps what is being worked on.
 */
class InMemoryHeartbeatTests extends HeartbeatContract {

	private final QueueUnderTest queue = new InMemoryContractQueue();

	@Override
	protected QueueUnderTest queue() {
		return this.queue;
	}

}
