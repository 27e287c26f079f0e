package io.pubsub.aws;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The promises of sources, destinations and objects that every {@link Broker} keeps.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(Lifecycle.PER_CLASS)
abstract class BrokerContract {

	private Broker broker;

	abstract Broker start();

	@BeforeAll
	void startBroker() {
		this.broker = start();
	}

	@AfterAll
	void stopBroker() {
		this.broker.close();
	}

	Broker broker() {
		return this.broker;
	}

	@Nested
	class SqsSourceTests extends SqsSourceContract {

		SqsSourceTests() {
			super(BrokerContract.this.broker);
		}

	}

	@Nested
	class SqsSubscriptionTests extends SqsSubscriptionContract {

		SqsSubscriptionTests() {
			super(BrokerContract.this.broker);
		}

	}

	@Nested
	class SqsDestinationTests extends SqsDestinationContract {

		SqsDestinationTests() {
			super(BrokerContract.this.broker);
		}

	}

	@Nested
	class DeadLetterQueueTests extends DeadLetterQueueContract {

		DeadLetterQueueTests() {
			super(BrokerContract.this.broker);
		}

	}

	@Nested
	class SnsDestinationTests extends SnsDestinationContract {

		SnsDestinationTests() {
			super(BrokerContract.this.broker);
		}

	}

	@Nested
	class EndToEndTests extends EndToEndContract {

		EndToEndTests() {
			super(BrokerContract.this.broker);
		}

	}

	@Nested
	class S3ObjectsTests extends S3ObjectsContract {

		S3ObjectsTests() {
			super(BrokerContract.this.broker);
		}

	}

	@Nested
	class S3WriterTests extends S3WriterContract {

		S3WriterTests() {
			super(BrokerContract.this.broker);
		}

	}

	@Nested
	class S3EventTests extends S3EventContract {

		S3EventTests() {
			super(BrokerContract.this.broker);
		}

	}

	@Nested
	class S3PipelineTests extends S3PipelineContract {

		S3PipelineTests() {
			super(BrokerContract.this.broker);
		}

	}

}
