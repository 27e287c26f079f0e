package io.pubsub.aws.doctor;

import java.net.URI;

import io.pubsub.local.LocalBroker;
import org.junit.jupiter.api.AfterAll;

/**
 * Tests for {@link Doctor} on the embedded broker.
 */
class EmbeddedDoctorTests extends DoctorContract {

	private static final LocalBroker broker = LocalBroker.start();

	@AfterAll
	static void stop() {
		broker.close();
	}

	@Override
	URI sqsEndpoint() {
		return broker.sqsEndpoint();
	}

	@Override
	URI snsEndpoint() {
		return broker.snsEndpoint();
	}

}
