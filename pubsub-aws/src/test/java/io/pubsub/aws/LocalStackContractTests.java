package io.pubsub.aws;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;

import cloud.localstack.Localstack;
import cloud.localstack.docker.annotation.LocalstackDockerConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests for the promises of sources and destinations on LocalStack, in a container.
 */
@EnabledIf(value = "dockerRuns", disabledReason = "LocalStack needs Docker, and no Docker daemon answers")
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(Lifecycle.PER_CLASS)
class LocalStackContractTests {

	// The last ones want a token.
	private static final String VERSION = "4.0";

	private Broker broker;

	static boolean dockerRuns() throws InterruptedException {
		try {
			return new ProcessBuilder("docker", "info").redirectErrorStream(true)
				.redirectOutput(Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	@BeforeAll
	void start() {
		Localstack.INSTANCE
			.startup(LocalstackDockerConfiguration.builder().imageTag(VERSION).randomizePorts(true).build());
		this.broker = Broker.at(URI.create(Localstack.INSTANCE.getEndpointSQS()), Localstack.INSTANCE::stop);
	}

	@AfterAll
	void stop() {
		this.broker.close();
	}

	@Nested
	class SqsSourceTests extends SqsSourceContract {

		SqsSourceTests() {
			super(LocalStackContractTests.this.broker);
		}

	}

	@Nested
	class SqsSubscriptionTests extends SqsSubscriptionContract {

		SqsSubscriptionTests() {
			super(LocalStackContractTests.this.broker);
		}

	}

	@Nested
	class SqsDestinationTests extends SqsDestinationContract {

		SqsDestinationTests() {
			super(LocalStackContractTests.this.broker);
		}

	}

	@Nested
	class SnsDestinationTests extends SnsDestinationContract {

		SnsDestinationTests() {
			super(LocalStackContractTests.this.broker);
		}

	}

	@Nested
	class EndToEndTests extends EndToEndContract {

		EndToEndTests() {
			super(LocalStackContractTests.this.broker);
		}

	}

}
