package io.pubsub.sample;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

import io.pubsub.local.LocalBroker;
import io.pubsub.local.QueueOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what becomes of a message when its daemon ends.
 */
class EndOfDaemonTests {

	private final LocalBroker broker = LocalBroker.start();

	private final String queueUrl = this.broker.createQueue("work",
			QueueOptions.defaults().withVisibilityTimeout(Duration.ofSeconds(5)));

	private final SqsClient sqs = client(this.broker.sqsEndpoint());

	@AfterEach
	void close() {
		this.sqs.close();
		this.broker.close();
	}

	@Test
	void whenTerminatedFinishesWhatHasBegun() throws Exception {
		try (DaemonProcess daemon = start()) {
			daemon.awaitOutput(PatientDaemon.STARTED);
			send();
			daemon.awaitOutput(PatientDaemon.BEGUN);
			daemon.terminate();
			daemon.sendLine();
			assertThat(daemon.awaitExit()).as(daemon.output()).isZero();
			assertThat(daemon.output()).contains(PatientDaemon.ENDED).contains("SUCCEEDED");
			assertThat(messagesLeft()).as(daemon.output()).isZero();
		}
	}

	@Test
	void whenKilledLeavesTheMessageToTheNextDaemon() throws Exception {
		try (DaemonProcess daemon = start()) {
			daemon.awaitOutput(PatientDaemon.STARTED);
			send();
			daemon.awaitOutput(PatientDaemon.BEGUN);
			daemon.kill();
			daemon.awaitExit();
		}
		try (DaemonProcess daemon = start()) {
			daemon.sendLine();
			daemon.awaitOutput("SUCCEEDED");
			assertThat(daemon.output()).doesNotContain("attempt 1,");
			await().untilAsserted(() -> assertThat(messagesLeft()).isZero());
		}
	}

	private DaemonProcess start() throws IOException {
		return DaemonProcess.start(PatientDaemon.class, "--sqs-queue-url=" + this.queueUrl,
				"--pubsub.consumer.poll-wait=1s", "--spring.cloud.aws.endpoint=" + this.broker.sqsEndpoint(),
				"--spring.cloud.aws.region.static=" + this.broker.region(),
				"--spring.cloud.aws.credentials.access-key=" + LocalBroker.ACCESS_KEY_ID,
				"--spring.cloud.aws.credentials.secret-key=" + LocalBroker.SECRET_ACCESS_KEY);
	}

	private void send() {
		this.sqs.sendMessage((request) -> request.queueUrl(this.queueUrl).messageBody("""
				{"mediaType": "application/vnd.globality.pubsub.simple", "message": "hello", "timestamp": 1.5}
				"""));
	}

	private int messagesLeft() {
		return this.sqs
			.getQueueAttributes((request) -> request.queueUrl(this.queueUrl)
				.attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
						QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
			.attributes()
			.values()
			.stream()
			.mapToInt(Integer::parseInt)
			.sum();
	}

	private static SqsClient client(URI endpoint) {
		return SqsClient.builder()
			.endpointOverride(endpoint)
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(LocalBroker.ACCESS_KEY_ID, LocalBroker.SECRET_ACCESS_KEY)))
			.httpClientBuilder(Apache5HttpClient.builder())
			.build();
	}

}
