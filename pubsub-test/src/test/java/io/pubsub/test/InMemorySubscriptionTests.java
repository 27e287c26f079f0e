package io.pubsub.test;

/**
 * Tests for {@link InMemorySubscription}.
 */
class InMemorySubscriptionTests extends SubscriptionContract {

	private final QueueUnderTest queue = new InMemoryContractQueue();

	@Override
	protected QueueUnderTest queue() {
		return this.queue;
	}

}
