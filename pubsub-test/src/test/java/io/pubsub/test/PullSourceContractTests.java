package io.pubsub.test;

import io.pubsub.source.PullSource;

/**
 * Tests for {@link PullSource}.
 */
class PullSourceContractTests extends SourceContract {

	private final QueueUnderTest queue = new FeedContractQueue();

	@Override
	protected QueueUnderTest queue() {
		return this.queue;
	}

}
