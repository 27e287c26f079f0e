package io.pubsub.aws;

import java.net.URI;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Tests for the promises of sources and destinations on a broker that somebody else runs.
 */
@EnabledIfSystemProperty(named = EndpointContractTests.ENDPOINT, matches = "http.+",
		disabledReason = "no broker to test: say where one listens with -D" + EndpointContractTests.ENDPOINT
				+ "=http://...")
class EndpointContractTests extends BrokerContract {

	static final String ENDPOINT = "pubsub.test.endpoint";

	@Override
	Broker start() {
		return Broker.at(URI.create(System.getProperty(ENDPOINT)), () -> {
		});
	}

}
