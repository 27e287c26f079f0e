package io.pubsub.test;

import io.pubsub.source.PullSource;

/**
 * Tests for {@link PullSource}.
 */
class PullSubscriptionTests extends SubscriptionContract {

	private final QueueUnderTest queue = new FeedContractQueue();

	@Override
	protected QueueUnderTest queue() {
		return this.queue;
	}

}
