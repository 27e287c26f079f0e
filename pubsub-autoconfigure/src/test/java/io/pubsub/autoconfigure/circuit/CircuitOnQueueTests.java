package io.pubsub.autoconfigure.circuit;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.sns.SnsAutoConfiguration;
import io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.pubsub.Handles;
import io.pubsub.MessageContext;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.local.PubSubLocalAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.dispatch.DispatchResult;
import io.pubsub.dispatch.OutcomeListener;
import io.pubsub.local.LocalBroker;
import io.pubsub.local.QueueOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a circuit costs the messages on a queue that has a redrive policy.
 */
class CircuitOnQueueTests {

	private static final int CONCURRENCY = 4;

	@Test
	void burnsNoReceivesOfWhatItDoesNotTry() {
		try (ConfigurableApplicationContext context = run()) {
			Receives receives = context.getBean(Receives.class);
			Set<String> deadLetters = awaitDeadLetters(context, 4);
			assertThat(receives.tried).containsAll(deadLetters);
			assertThat(receives.untried.values()).allMatch((count) -> count == 1).hasSizeLessThan(CONCURRENCY);
		}
	}

	private static ConfigurableApplicationContext run() {
		SpringApplication application = new SpringApplication(Service.class);
		application.setDefaultProperties(Map.of("pubsub.local.enabled", "true", "pubsub.organization", "example",
				"pubsub.consumer.concurrency", CONCURRENCY, "pubsub.consumer.poll-wait", "1s"));
		return application.run("--pubsub.consumer.backoff.max=1s", "--pubsub.consumer.circuit-breaker.enabled=true");
	}

	private static Set<String> awaitDeadLetters(ConfigurableApplicationContext context, int count) {
		SqsAsyncClient sqs = context.getBean(SqsAsyncClient.class);
		String url = context.getBean(LocalBroker.class).queueUrl("pubsub-dead-letters");
		Set<String> ids = ConcurrentHashMap.newKeySet();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
			List<Message> letters = sqs.receiveMessage((request) -> request.queueUrl(url).maxNumberOfMessages(10))
				.join()
				.messages();
			letters.forEach((letter) -> ids.add(letter.messageId()));
			return ids.size() >= count;
		});
		return ids;
	}

	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
			AwsAutoConfiguration.class, CredentialsProviderAutoConfiguration.class,
			RegionProviderAutoConfiguration.class, SqsAutoConfiguration.class, SnsAutoConfiguration.class,
			PubSubAutoConfiguration.class, PubSubProducerAutoConfiguration.class, PubSubLocalAutoConfiguration.class,
			PubSubSqsAutoConfiguration.class, PubSubConsumerAutoConfiguration.class,
			PubSubCircuitAutoConfiguration.class })
	static class Service {

		@Bean
		LocalBroker localBroker() {
			LocalBroker broker = LocalBroker.start();
			broker.createQueue("pubsub-dead-letters");
			broker.createQueue("pubsub", QueueOptions.defaults().withDeadLetterQueue("pubsub-dead-letters", 2));
			return broker;
		}

		@Bean
		CircuitBreakerRegistry circuitBreakerRegistry() {
			return CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
				.minimumNumberOfCalls(1)
				.permittedNumberOfCallsInHalfOpenState(1)
				.waitDurationInOpenState(Duration.ofMillis(100))
				.build());
		}

		// Before the daemon starts, so that the first receive is full.
		@Bean
		Receives receives(SqsAsyncClient sqs, LocalBroker broker) {
			sqs.sendMessageBatch((request) -> request.queueUrl(broker.queueUrl("pubsub")).entries(orders())).join();
			return new Receives();
		}

		private static List<SendMessageBatchRequestEntry> orders() {
			return IntStream.range(0, 10)
				.mapToObj((number) -> SendMessageBatchRequestEntry.builder()
					.id("order-" + number)
					.messageBody("{\"mediaType\": \"text/order\"}")
					.build())
				.toList();
		}

	}

	/**
	 * A handler that always fails, and what is received for it.
	 */
	static final class Receives implements OutcomeListener {

		private final Set<String> tried = ConcurrentHashMap.newKeySet();

		private final Map<String, Integer> untried = new ConcurrentHashMap<>();

		@Handles(mediaTypes = "text/order")
		void on(JsonNode order, MessageContext context) {
			this.tried.add(context.messageId());
			throw new IllegalStateException("expected");
		}

		@Override
		public void onOutcome(DispatchResult result) {
			if (!result.outcome().tried()) {
				this.untried.merge(result.messageId(), 1, Integer::sum);
			}
		}

	}

}
