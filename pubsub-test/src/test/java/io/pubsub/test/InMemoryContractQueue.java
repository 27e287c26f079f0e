package io.pubsub.test;

import java.time.Duration;
import java.util.Map;

import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;

/**
 * An {@link InMemoryQueue} for the contracts.
 */
final class InMemoryContractQueue implements QueueUnderTest {

	private final TestClock clock = new TestClock();

	private final InMemoryQueue queue = new InMemoryQueue(this.clock, visibilityTimeout());

	@Override
	public Source source(int limit, BackoffPolicy backoff) {
		return this.queue.source(limit, backoff);
	}

	@Override
	public void send(String body, Map<String, String> attributes) {
		this.queue.send(body, attributes);
	}

	@Override
	public void passTime(Duration duration) {
		this.clock.advance(duration);
	}

}
