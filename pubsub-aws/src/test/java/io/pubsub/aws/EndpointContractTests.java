package io.pubsub.aws;

import java.net.URI;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests for the promises of sources and destinations on a broker that somebody else runs.
 */
@EnabledIfSystemProperty(named = EndpointContractTests.ENDPOINT, matches = "http.+",
		disabledReason = "no broker to test: say where one listens with -D" + EndpointContractTests.ENDPOINT
				+ "=http://...")
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(Lifecycle.PER_CLASS)
class EndpointContractTests {

	static final String ENDPOINT = "pubsub.test.endpoint";

	private Broker broker;

	@BeforeAll
	void connect() {
		this.broker = Broker.at(URI.create(System.getProperty(ENDPOINT)), () -> {
		});
	}

	@AfterAll
	void disconnect() {
		this.broker.close();
	}

	@Nested
	class SqsSourceTests extends SqsSourceContract {

		SqsSourceTests() {
			super(EndpointContractTests.this.broker);
		}

	}

	@Nested
	class SqsSubscriptionTests extends SqsSubscriptionContract {

		SqsSubscriptionTests() {
			super(EndpointContractTests.this.broker);
		}

	}

	@Nested
	class SqsDestinationTests extends SqsDestinationContract {

		SqsDestinationTests() {
			super(EndpointContractTests.this.broker);
		}

	}

	@Nested
	class SnsDestinationTests extends SnsDestinationContract {

		SnsDestinationTests() {
			super(EndpointContractTests.this.broker);
		}

	}

	@Nested
	class EndToEndTests extends EndToEndContract {

		EndToEndTests() {
			super(EndpointContractTests.this.broker);
		}

	}

}
