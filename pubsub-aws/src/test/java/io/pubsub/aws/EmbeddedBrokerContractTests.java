package io.pubsub.aws;

import java.time.Duration;

import io.pubsub.test.HeartbeatContract;
import io.pubsub.test.QueueUnderTest;
import org.junit.jupiter.api.Nested;

/**
 * Tests for the promises of sources and destinations on the embedded broker.
 */
class EmbeddedBrokerContractTests extends BrokerContract {

	@Override
	Broker start() {
		return Broker.embedded();
	}

	@Nested
	class SqsHeartbeatTests extends HeartbeatContract {

		private final QueueUnderTest queue = new SqsContractQueue(broker(), Duration.ofSeconds(6));

		@Override
		protected QueueUnderTest queue() {
			return this.queue;
		}

	}

}
