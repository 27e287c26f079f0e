package io.pubsub.benchmarks.consume;

import java.util.Map;

import io.pubsub.Handles;
import io.pubsub.benchmarks.client.SpringContext;
import io.pubsub.benchmarks.scenario.Order;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * This library, through its starter.
 */
final class PubSubConsumer {

	private PubSubConsumer() {
	}

	static void start(Setup setup) {
		Map<String, Object> properties = Map.of("pubsub.source", setup.queueUrl(), "pubsub.consumer.concurrency",
				setup.concurrency());
		SpringContext.start(Application.class, properties, (context) -> {
			context.registerBean(SqsAsyncClient.class, setup::client);
			context.registerBean(Handling.class, setup::handling);
		});
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		OrderHandler orderHandler(Handling handling) {
			return new OrderHandler(handling);
		}

	}

	/**
	 * The handler.
	 *
	 * @param handling the work with each message
	 */
	record OrderHandler(Handling handling) {

		@Handles
		void handle(Order order) throws InterruptedException {
			this.handling.handle(order);
		}

	}

}
