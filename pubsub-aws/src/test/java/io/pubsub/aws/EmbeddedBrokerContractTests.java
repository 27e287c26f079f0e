package io.pubsub.aws;

import java.time.Duration;

import io.pubsub.test.HeartbeatContract;
import io.pubsub.test.QueueUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests for the promises of sources and destinations on the embedded broker.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(Lifecycle.PER_CLASS)
class EmbeddedBrokerContractTests {

	private Broker broker;

	@BeforeAll
	void start() {
		this.broker = Broker.embedded();
	}

	@AfterAll
	void stop() {
		this.broker.close();
	}

	@Nested
	class SqsSourceTests extends SqsSourceContract {

		SqsSourceTests() {
			super(EmbeddedBrokerContractTests.this.broker);
		}

	}

	@Nested
	class SqsSubscriptionTests extends SqsSubscriptionContract {

		SqsSubscriptionTests() {
			super(EmbeddedBrokerContractTests.this.broker);
		}

	}

	@Nested
	class SqsHeartbeatTests extends HeartbeatContract {

		private final QueueUnderTest queue = new SqsContractQueue(EmbeddedBrokerContractTests.this.broker,
				Duration.ofSeconds(6));

		@Override
		protected QueueUnderTest queue() {
			return this.queue;
		}

	}

	@Nested
	class SqsDestinationTests extends SqsDestinationContract {

		SqsDestinationTests() {
			super(EmbeddedBrokerContractTests.this.broker);
		}

	}

	@Nested
	class SnsDestinationTests extends SnsDestinationContract {

		SnsDestinationTests() {
			super(EmbeddedBrokerContractTests.this.broker);
		}

	}

	@Nested
	class EndToEndTests extends EndToEndContract {

		EndToEndTests() {
			super(EmbeddedBrokerContractTests.this.broker);
		}

	}

}
