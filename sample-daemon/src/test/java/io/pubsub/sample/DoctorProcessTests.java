package io.pubsub.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.pubsub.local.LocalBroker;
import io.pubsub.local.QueueOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the exit codes of the doctor, as a script sees them.
 */
@Tag("faults")
class DoctorProcessTests {

	@Test
	void findsNothingOnTheHealthySample() throws Exception {
		assertThat(doctor(0, "--testing")).contains("nothing is wrong");
	}

	@Test
	void findsErrors() throws Exception {
		try (LocalBroker broker = LocalBroker.start()) {
			assertThat(doctor(1, at(broker.sqsEndpoint().toString(), broker.snsEndpoint().toString())))
				.contains("queue-missing", "aws sqs create-queue --queue-name orders --region us-east-1");
		}
	}

	@Test
	void refusesWhatItDoesNotKnow() throws Exception {
		assertThat(doctor(2, "--everything")).contains("Unknown option: '--everything'", "Exit codes");
	}

	@Test
	void cannotLookAtABrokerThatIsNotRunning() throws Exception {
		assertThat(doctor(3, "--spring.application.name=nobody-" + UUID.randomUUID()))
			.contains("It could not look: ", "none is running", "Start the service")
			.doesNotContain("APPLICATION FAILED TO START");
	}

	@Test
	void cannotLookIfTheServiceCannotBeConfigured() throws Exception {
		assertThat(doctor(3, "--pubsub.local.enabled=false", "--spring.cloud.aws.region.static=us-east-1",
				"--pubsub.source=https://sqs.eu-west-1.amazonaws.com/123456789012/orders"))
			.contains("It could not look: ", "is in the region eu-west-1", "Correct pubsub.source");
	}

	@Test
	void cannotLookAtAnEndpointThatNobodyAnswers() throws Exception {
		assertThat(doctor(3, at("http://127.0.0.1:1", "http://127.0.0.1:1"))).contains("no-answer", "curl ");
	}

	@Test
	void looksAtTheQueueOfTheDaemon() throws Exception {
		try (LocalBroker broker = LocalBroker.start()) {
			broker.createQueue("orders", QueueOptions.defaults().withDeadLetterQueue("orders-dead-letters", 5));
			List<String> arguments = new ArrayList<>(
					List.of(at(broker.sqsEndpoint().toString(), broker.snsEndpoint().toString())));
			arguments.remove("--pubsub.source=orders");
			arguments.addAll(List.of("--sqs-queue-url", broker.queueUrl("orders"), "--json"));
			assertThat(doctor(0, arguments.toArray(String[]::new))).contains("\"findings\":[]");
		}
	}

	private static String[] at(String sqs, String sns) {
		return new String[] { "--pubsub.local.enabled=false", "--pubsub.source=orders",
				"--spring.cloud.aws.region.static=us-east-1", "--spring.cloud.aws.credentials.access-key=a",
				"--spring.cloud.aws.credentials.secret-key=b", "--spring.cloud.aws.sqs.endpoint=" + sqs,
				"--spring.cloud.aws.sns.endpoint=" + sns };
	}

	private static String doctor(int code, String... arguments) throws Exception {
		List<String> all = new ArrayList<>(List.of("doctor"));
		all.addAll(List.of(arguments));
		try (DaemonProcess process = DaemonProcess.start(SampleDaemon.class, all.toArray(String[]::new))) {
			assertThat(process.awaitExit()).as(process.output()).isEqualTo(code);
			return process.output();
		}
	}

}
