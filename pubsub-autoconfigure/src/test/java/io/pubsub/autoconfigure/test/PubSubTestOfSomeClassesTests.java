package io.pubsub.autoconfigure.test;

import java.util.Map;

import io.pubsub.Handles;
import io.pubsub.test.PubSubTester;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.pubsub.test.PubSubAssertions.assertThat;

/**
 * Tests for {@link PubSubTest} with a handler and nothing else of an application.
 */
@PubSubTest(classes = PubSubTestOfSomeClassesTests.Listener.class)
class PubSubTestOfSomeClassesTests {

	@Autowired
	private PubSubTester tester;

	@Test
	void handlesWithoutAutoConfigurationOfTheApplication() {
		assertThat(this.tester.sendBody("{\"mediaType\": \"text/news\"}")).isSkipped();
	}

	static class Listener {

		@Handles(mediaTypes = "text/news")
		boolean on(Map<String, Object> news) {
			return false;
		}

	}

}
