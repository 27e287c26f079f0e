package io.pubsub.test;

import java.time.Duration;
import java.util.Map;

import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Delivery;
import io.pubsub.transport.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.pubsub.test.PubSubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises of a {@link Source} that keeps messages hidden for as long as somebody
 * works on them. The test of such a source extends this class, {@link SourceContract} and
 * {@link SubscriptionContract}.
 *
 * @since 0.1.0
 */
public abstract class HeartbeatContract {

	private TestConsumer consumer;

	/**
	 * The queue of the test.
	 * @return a queue that is empty at the beginning of a test, and always the same until
	 * its end
	 */
	protected abstract QueueUnderTest queue();

	@BeforeEach
	void startConsumer() {
		BackoffPolicy late = BackoffPolicy.fixed(BackoffPolicy.LONGEST_DELAY);
		this.consumer = new TestConsumer(queue().source(10, late));
	}

	@AfterEach
	void stopConsumer() {
		this.consumer.subscription().stop(Duration.ZERO);
	}

	@Test
	void keepsWhatIsBeingWorkedOn() {
		queue().send("order-1", Map.of());
		Delivery delivery = this.consumer.await(1);
		assertThat(delivery.begin()).isTrue();
		queue().passTime(queue().visibilityTimeout().multipliedBy(2));
		assertThat(this.consumer.deliveries()).containsExactly(delivery);
		delivery.ack();
		assertThat(delivery).isAcked();
	}

}
