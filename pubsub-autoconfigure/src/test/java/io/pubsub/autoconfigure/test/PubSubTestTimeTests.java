package io.pubsub.autoconfigure.test;

import java.time.Duration;

import io.pubsub.Handles;
import io.pubsub.Outcome.Kind;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.test.PubSubTester;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

import static io.pubsub.test.PubSubAssertions.assertThat;

/**
 * Tests for the time of {@link PubSubTest}.
 */
@PubSubTest(classes = PubSubTestTimeTests.Application.class,
		properties = { "pubsub.organization=example", "pubsub.consumer.circuit-breaker.enabled=true",
				"pubsub.consumer.circuit-breaker.minimum-calls=1", "pubsub.consumer.circuit-breaker.window=1",
				"pubsub.consumer.circuit-breaker.open-for=1h" })
class PubSubTestTimeTests {

	@Autowired
	private PubSubTester tester;

	@Test
	void keepsACircuitOpenUntilTheClockIsMoved() {
		assertThat(this.tester.send(new ScannedMessage("hello"))).isFailed();
		this.tester.advance(Duration.ofMinutes(59));
		assertThat(this.tester.outcomes()).hasKinds(Kind.FAILED);
		this.tester.advance(Duration.ofMinutes(1));
		assertThat(this.tester.outcomes()).hasKinds(Kind.FAILED, Kind.FAILED);
	}

	@EnableAutoConfiguration
	@Import(Broken.class)
	static class Application {

	}

	static class Broken {

		@Handles
		void on(ScannedMessage message) {
			throw new IllegalStateException("expected");
		}

	}

}
