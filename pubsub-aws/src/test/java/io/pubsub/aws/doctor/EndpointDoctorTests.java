package io.pubsub.aws.doctor;

import java.net.URI;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Tests for {@link Doctor} on a broker that somebody else runs.
 */
@EnabledIfSystemProperty(named = EndpointDoctorTests.ENDPOINT, matches = "http.+",
		disabledReason = "no broker to test: say where one listens with -D" + EndpointDoctorTests.ENDPOINT
				+ "=http://...")
class EndpointDoctorTests extends DoctorContract {

	static final String ENDPOINT = "pubsub.test.endpoint";

	@Override
	URI sqsEndpoint() {
		return URI.create(System.getProperty(ENDPOINT));
	}

	@Override
	URI snsEndpoint() {
		return URI.create(System.getProperty(ENDPOINT));
	}

}
