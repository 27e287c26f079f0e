package io.pubsub.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import io.pubsub.Outcome;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.local.LocalBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SampleDaemon} as a plain daemon on a queue, with messages that a
 * microcosm-pubsub producer has put on one.
 */
class FixtureTests {

	private final LocalBroker broker = LocalBroker.start();

	private final String queueUrl = this.broker.createQueue("fixtures");

	private final Queue<DispatchResult> results = new ConcurrentLinkedQueue<>();

	@AfterEach
	void closeBroker() {
		this.broker.close();
	}

	@Test
	void handlesWhatSnsHasWrapped() throws IOException {
		assertThat(consume("microcosm-wire.jsonl"))
			.isEqualTo(Map.of(Outcome.Kind.SUCCEEDED, 1L, Outcome.Kind.IGNORED, 5L));
	}

	@Test
	void handlesWhatWasDeliveredRaw() throws IOException {
		assertThat(consume("microcosm-wire-raw.jsonl"))
			.isEqualTo(Map.of(Outcome.Kind.SUCCEEDED, 1L, Outcome.Kind.IGNORED, 5L));
	}

	@Test
	void pinsTheMessage() throws IOException {
		try (ConfigurableApplicationContext daemon = start()) {
			send(daemon.getBean(SqsAsyncClient.class), bodies("microcosm-wire.jsonl").subList(0, 1));
			NoticeBoard board = daemon.getBean(NoticeBoard.class);
			await().untilAsserted(() -> assertThat(board.notices()).containsExactly("hello"));
		}
	}

	private Map<Outcome.Kind, Long> consume(String fixture) throws IOException {
		List<String> bodies = bodies(fixture);
		try (ConfigurableApplicationContext daemon = start()) {
			send(daemon.getBean(SqsAsyncClient.class), bodies);
			await().untilAsserted(() -> assertThat(this.results).hasSize(bodies.size()));
		}
		return this.results.stream()
			.collect(Collectors.groupingBy((result) -> result.outcome().kind(), Collectors.counting()));
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(SampleDaemon.class).initializers(
				(context) -> context.getBeanFactory().registerSingleton("results", (OutcomeListener) this.results::add))
			.run("--sqs-queue-url", this.queueUrl, "--pubsub.consumer.poll-wait=1s",
					"--spring.cloud.aws.endpoint=" + this.broker.sqsEndpoint(),
					"--spring.cloud.aws.region.static=" + this.broker.region(),
					"--spring.cloud.aws.credentials.access-key=" + LocalBroker.ACCESS_KEY_ID,
					"--spring.cloud.aws.credentials.secret-key=" + LocalBroker.SECRET_ACCESS_KEY);
	}

	private void send(SqsAsyncClient sqs, List<String> bodies) {
		bodies
			.forEach((body) -> sqs.sendMessage((request) -> request.queueUrl(this.queueUrl).messageBody(body)).join());
	}

	private static List<String> bodies(String fixture) throws IOException {
		JsonMapper mapper = new JsonMapper();
		return new ClassPathResource(fixture).getContentAsString(StandardCharsets.UTF_8)
			.lines()
			.map((line) -> mapper.readTree(line).get("Body").stringValue())
			.toList();
	}

}
