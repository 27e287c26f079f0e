package io.pubsub.test;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.pubsub.source.Feed;
import io.pubsub.source.PullSource;
import io.pubsub.transport.InboundMessage;
import io.pubsub.transport.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.integration.support.locks.DefaultLockRegistry;
import org.springframework.integration.support.locks.LockRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a {@link PullSource} that runs with a lock of Spring Integration.
 */
class PullSourceLockRegistryTests {

	private final TestClock clock = new TestClock();

	private final LockRegistry<?> locks = new DefaultLockRegistry();

	private final Queue<String> asked = new ConcurrentLinkedQueue<>();

	@Test
	void runsInOneOfSeveralInstancesAndInAnotherWhenThatStops() {
		Subscription first = start("first");
		awaitAsked("first");
		Subscription second = start("second");
		this.clock.advance(Duration.ofSeconds(10));
		assertThat(second.state()).isEqualTo(Subscription.State.PAUSED);
		first.stop(Duration.ZERO);
		awaitAsked("second");
		second.stop(Duration.ZERO);
	}

	private Subscription start(String instance) {
		Feed feed = new NamedFeed(instance, this.asked);
		return PullSource.builder("invoices", feed)
			.runWhen(this.locks.obtain("invoices"))
			.timekeeper(this.clock.timekeeper())
			.build()
			.start((delivery) -> delivery.release(Duration.ZERO));
	}

	private void awaitAsked(String instance) {
		Awaitility.await().pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
			this.clock.advance(Duration.ofSeconds(2));
			assertThat(this.asked).contains(instance);
		});
	}

	/**
	 * Has nothing, and notes who asks for it.
	 *
	 * @param instance the name of the instance
	 * @param asked the names of those who ask
	 */
	private record NamedFeed(String instance, Queue<String> asked) implements Feed {

		@Override
		public List<InboundMessage> next(int most) {
			this.asked.add(this.instance);
			return List.of();
		}

		@Override
		public void succeeded(String id) {
		}

		@Override
		public void failed(String id, Failure failure) {
		}

	}

}
