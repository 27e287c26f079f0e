package io.pubsub.autoconfigure.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.sns.SnsAutoConfiguration;
import io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration;
import io.pubsub.Handles;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SharedHttpClient;
import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubInputAutoConfiguration;
import io.pubsub.autoconfigure.endpoint.DaemonControls.Action;
import io.pubsub.autoconfigure.local.PubSubLocalAutoConfiguration;
import io.pubsub.autoconfigure.pipeline.PubSubPipelineAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.local.LocalBroker;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.publish.SnsProducer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for two pipelines and a handler in one application, each with a queue of its own
 * on the embedded broker, to which all messages go.
 */
class ConsumersSideBySideTests {

	private static final int MESSAGES = 40;

	private static final int IN_FLIGHT = 8;

	// A message becomes as many parts in the pipeline that takes messages apart.
	private static final int PARTS = 3;

	private final Work work = new Work();

	@Test
	void letTheOthersGoOnWhileOneIsPaused() {
		this.work.gate.countDown();
		try (LocalBroker broker = LocalBroker.start(); ConfigurableApplicationContext context = run(broker)) {
			PubSubPipelinesEndpoint endpoint = context.getBean(PubSubPipelinesEndpoint.class);
			publish(context, 0);
			awaitAll(MESSAGES);
			assertThat(endpoint.control("counted", Action.PAUSE).consumer().state()).isEqualTo("paused");
			publish(context, MESSAGES);
			awaitDone("parted", 2 * MESSAGES * PARTS);
			awaitDone("handlers", 2 * MESSAGES);
			// The request that was open at the pause may still have brought some.
			assertThat(this.work.of("counted")).hasSizeBetween(MESSAGES, MESSAGES + IN_FLIGHT);
			assertThat(endpoint.control("counted", Action.RESUME).consumer().state()).isEqualTo("receiving");
			awaitAll(2 * MESSAGES);
			context.close();
			assertNothingLostAndNothingTwice(broker, 2 * MESSAGES);
		}
	}

	@Test
	void loseAndRepeatNothingWhenTheApplicationStops() {
		try (LocalBroker broker = LocalBroker.start(); ConfigurableApplicationContext context = run(broker)) {
			Daemons daemons = context.getBean(Daemons.class);
			publish(context, 0);
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.work.begun).containsOnly("counted", "parted", "handlers"));
			CompletableFuture<Void> stop = CompletableFuture.runAsync(context::close);
			Awaitility.await().until(() -> daemons.all().stream().noneMatch((managed) -> managed.daemon().isRunning()));
			this.work.gate.countDown();
			assertThat(stop).succeedsWithin(Duration.ofSeconds(30));
			assertNothingLostAndNothingTwice(broker, MESSAGES);
			assertThat(this.work.of("counted")).isNotEmpty().hasSizeLessThan(MESSAGES);
		}
	}

	private static void publish(ConfigurableApplicationContext context, int from) {
		List<ScannedMessage> messages = IntStream.range(from, from + MESSAGES)
			.mapToObj((number) -> new ScannedMessage("message-" + number))
			.toList();
		context.getBean(SnsProducer.class).produceAll(messages).orThrow();
	}

	private void awaitAll(int messages) {
		awaitDone("counted", messages);
		awaitDone("parted", messages * PARTS);
		awaitDone("handlers", messages);
	}

	private void awaitDone(String consumer, int number) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.work.of(consumer)).hasSize(number));
	}

	private void assertNothingLostAndNothingTwice(LocalBroker broker, int messages) {
		assertThat(this.work.of("counted")).doesNotHaveDuplicates().hasSize(messages - left(broker, "counted"));
		assertThat(this.work.of("parted")).doesNotHaveDuplicates().hasSize((messages - left(broker, "parted")) * PARTS);
		assertThat(this.work.of("handlers")).doesNotHaveDuplicates().hasSize(messages - left(broker, "handled"));
	}

	private static int left(LocalBroker broker, String queue) {
		try (SqsAsyncClient sqs = client(broker)) {
			Map<QueueAttributeName, String> left = sqs
				.getQueueAttributes(
						(request) -> request.queueUrl(broker.queueUrl(queue)).attributeNames(QueueAttributeName.ALL))
				.join()
				.attributes();
			assertThat(left).containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "0");
			return Integer.parseInt(left.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
		}
	}

	private static SqsAsyncClient client(LocalBroker broker) {
		return SqsAsyncClient.builder()
			.httpClient(SharedHttpClient.client())
			.endpointOverride(broker.sqsEndpoint())
			.region(Region.of(broker.region()))
			.credentialsProvider(AnonymousCredentialsProvider.create())
			.build();
	}

	// The broker outlives the application.
	private ConfigurableApplicationContext run(LocalBroker broker) {
		String topic = broker.createTopic("pubsub");
		broker.createQueue("handled-dead-letters");
		List.of("counted", "parted", "handled").forEach((queue) -> {
			broker.createQueue(queue);
			broker.subscribe(topic, queue, false, null);
		});
		SpringApplication application = new SpringApplication(Service.class);
		application.addInitializers((context) -> {
			context.getBeanFactory().registerSingleton("broker", broker);
			context.getBeanFactory().registerSingleton("work", this.work);
		});
		return application.run("--pubsub.organization=example", "--pubsub.local.enabled=true",
				"--pubsub.source=handled", "--pubsub.consumer.concurrency=3",
				"--pubsub.pipelines.counted.source=counted", "--pubsub.pipelines.counted.max-in-flight=" + IN_FLIGHT,
				"--pubsub.pipelines.parted.source=parted", "--pubsub.pipelines.parted.max-in-flight=5",
				"--management.endpoints.web.exposure.include=pubsubpipelines");
	}

	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
			AwsAutoConfiguration.class, CredentialsProviderAutoConfiguration.class,
			RegionProviderAutoConfiguration.class, SqsAutoConfiguration.class, SnsAutoConfiguration.class,
			PubSubAutoConfiguration.class, PubSubLocalAutoConfiguration.class, PubSubProducerAutoConfiguration.class,
			PubSubInputAutoConfiguration.class, PubSubSqsAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
			PubSubPipelineAutoConfiguration.class, PubSubEndpointAutoConfiguration.class, SharedHttpClient.class })
	static class Service {

		@Bean
		Pipeline counted(Work work) {
			return Pipeline.named("counted")
				.from(ScannedMessage.class)
				.map((message) -> work.on("counted", message.text()))
				.batch(5, Duration.ofMillis(100))
				.to((batch) -> work.done("counted", batch));
		}

		@Bean
		Pipeline parted(Work work) {
			return Pipeline.named("parted")
				.from(ScannedMessage.class)
				.flatMapIterable((message) -> parts(message.text()))
				.mapConcurrently(4, (part) -> work.on("parted", part))
				.to((part) -> work.done("parted", List.of(part)));
		}

		private static List<String> parts(String text) {
			return IntStream.range(0, PARTS).mapToObj((number) -> text + "/" + number).toList();
		}

	}

	/**
	 * The work of all three, which begins to end when its gate opens.
	 */
	static final class Work {

		private final CountDownLatch gate = new CountDownLatch(1);

		private final Set<String> begun = ConcurrentHashMap.newKeySet();

		private final Map<String, List<String>> done = new ConcurrentHashMap<>();

		@Handles
		void handle(ScannedMessage message) throws InterruptedException {
			done("handlers", List.of(on("handlers", message.text())));
		}

		String on(String consumer, String text) throws InterruptedException {
			this.begun.add(consumer);
			this.gate.await();
			return text;
		}

		void done(String consumer, List<String> texts) {
			of(consumer).addAll(texts);
		}

		List<String> of(String consumer) {
			return this.done.computeIfAbsent(consumer, (name) -> new CopyOnWriteArrayList<>());
		}

	}

}
