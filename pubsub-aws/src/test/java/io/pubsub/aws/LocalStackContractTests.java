package io.pubsub.aws;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;

import cloud.localstack.Localstack;
import cloud.localstack.docker.annotation.LocalstackDockerConfiguration;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Tests for the promises of sources and destinations on LocalStack, in a container.
 */
@EnabledIf(value = "dockerRuns", disabledReason = "LocalStack needs Docker, and no Docker daemon answers")
class LocalStackContractTests extends BrokerContract {

	// The last ones want a token.
	private static final String VERSION = "4.0";

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

	@Override
	Broker start() {
		Localstack.INSTANCE
			.startup(LocalstackDockerConfiguration.builder().imageTag(VERSION).randomizePorts(true).build());
		return Broker.at(URI.create(Localstack.INSTANCE.getEndpointSQS()), Localstack.INSTANCE::stop);
	}

}
