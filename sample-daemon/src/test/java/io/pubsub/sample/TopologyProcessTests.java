package io.pubsub.sample;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the topology of the sample, as a user sees it.
 */
@Tag("faults")
class TopologyProcessTests {

	@Test
	void showsItWhereNoBrokerRuns() throws Exception {
		try (DaemonProcess process = DaemonProcess.start(SampleDaemon.class, "topology", "show")) {
			assertThat(process.awaitExit()).as(process.output()).isZero();
			assertThat(process.output()).contains("sample-daemon",
					"publishes to arn:aws:sns:us-east-1:000000000000:pubsub", "created.order -> orderHandler",
					"consumes pubsub (handlers)");
		}
	}

	@Test
	void exportsForTheStageThatIsConfigured() throws Exception {
		try (DaemonProcess process = DaemonProcess.start(SampleDaemon.class, "topology", "export", "--format=aws-cli",
				"--sqs-queue-url=https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
				"--spring.cloud.aws.region.static=eu-west-1",
				"--pubsub.producer.topics.default=arn:aws:sns:eu-west-1:123456789012:orders")) {
			assertThat(process.awaitExit()).as(process.output()).isZero();
			assertThat(process.output()).contains("aws sqs create-queue --queue-name orders --region eu-west-1",
					"aws sns subscribe --topic-arn arn:aws:sns:eu-west-1:123456789012:orders", "media_type");
		}
	}

	@Test
	void refusesAnUnknownFormat() throws Exception {
		try (DaemonProcess process = DaemonProcess.start(SampleDaemon.class, "topology", "export", "--format=yaml")) {
			assertThat(process.awaitExit()).as(process.output()).isEqualTo(2);
			assertThat(process.output()).contains("--format must be cloudformation, aws-cli or iam, not yaml");
		}
	}

}
