package io.pubsub.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SampleDaemon}, as a process.
 */
class SampleDaemonTests {

	@Test
	void demonstratesEveryOutcomeAndEnds() throws Exception {
		try (DaemonProcess daemon = DaemonProcess.start(SampleDaemon.class, "--once")) {
			assertThat(daemon.awaitExit()).as(daemon.output()).isZero();
			assertThat(daemon.output()).contains("SUCCEEDED  SKIPPED  IGNORED  EXPIRED  RETRIED  FAILED")
				.containsPattern("created.shipment +1 +- +- +- +1 +-\n")
				.containsPattern("created.reservation +4 +- +- +- +- +-\n")
				.containsPattern("\ntotal +11 +1 +1 +1 +2 +3\n")
				.containsPattern("^.*Starting the sample daemon on a broker of its own")
				.containsPattern(
						"The daemon is up: console at http://.+/actuator/pubsub-console, actuator at http://.+/actuator/pubsub, SNS at http://.+, SQS at http://")
				.doesNotContain("Exception");
		}
	}

	@Test
	void withoutOnceStaysUpAndSaysHowToPublish() throws IOException {
		try (DaemonProcess daemon = DaemonProcess.start(SampleDaemon.class)) {
			daemon.awaitOutput("--data-urlencode");
			String output = daemon.output();
			run(output.substring(output.indexOf("curl "), output.lastIndexOf('}') + 2));
			daemon.awaitOutput("attempt 1, simpleMessageHandler.handle");
		}
	}

	@Test
	void tellsOfItselfOverHttp() throws IOException {
		try (DaemonProcess daemon = DaemonProcess.start(SampleDaemon.class)) {
			daemon.awaitOutput("/actuator/pubsub, or publish");
			String output = daemon.output();
			String address = output.substring(output.indexOf("curl -s http") + "curl -s ".length(),
					output.indexOf(", or publish"));
			assertThat(run("curl -s " + address)).contains("\"state\":\"receiving\"", "orderReservedHandler.handle")
				.doesNotContain("ada@example.com");
			assertThat(run("curl -s -X POST " + address + "/pause")).contains("\"state\":\"paused\"");
			assertThat(run("curl -s -X POST " + address + "/concurrency/20")).contains("\"concurrency\":20");
			assertThat(run("curl -s -X POST " + address + "/concurrency/0")).contains("\"status\":400");
			assertThat(run("curl -s " + address.replace("pubsub", "health/readiness"))).contains("UP");
			assertThat(run("curl -s " + address + "-console/state")).contains("\"name\":\"handlers\"");
		}
	}

	private static String run(String command) throws IOException {
		Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	@Test
	void withoutQueueExitsWithWrongUsage() throws Exception {
		try (DaemonProcess daemon = DaemonProcess.start(SampleDaemon.class, "--pubsub.local.enabled=false",
				"--spring.cloud.aws.region.static=us-east-1")) {
			assertThat(daemon.awaitExit()).as(daemon.output()).isEqualTo(2);
			assertThat(daemon.output()).contains("No queue is configured").contains("--sqs-queue-url");
		}
	}

	@Test
	void withoutValueOfFlagExitsWithWrongUsage() throws Exception {
		try (DaemonProcess daemon = DaemonProcess.start(SampleDaemon.class, "--sqs-queue-url")) {
			assertThat(daemon.awaitExit()).as(daemon.output()).isEqualTo(2);
			assertThat(daemon.output()).contains("--sqs-queue-url needs the URL of a queue");
		}
	}

}
