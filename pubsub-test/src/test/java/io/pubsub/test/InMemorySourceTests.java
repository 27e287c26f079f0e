package io.pubsub.test;

/**
 * Tests for the source of an {@link InMemoryQueue}.
 */
class InMemorySourceTests extends SourceContract {

	private final QueueUnderTest queue = new InMemoryContractQueue();

	@Override
	protected QueueUnderTest queue() {
		return this.queue;
	}

}
