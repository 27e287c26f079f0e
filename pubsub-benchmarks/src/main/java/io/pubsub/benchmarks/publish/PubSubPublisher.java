package io.pubsub.benchmarks.publish;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.pubsub.aws.sns.SnsDestination;
import io.pubsub.benchmarks.client.Clients;
import io.pubsub.benchmarks.client.SpringContext;
import io.pubsub.benchmarks.scenario.Order;
import io.pubsub.publish.SnsProducer;
import io.pubsub.transport.PublishResult;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/**
 * The producer of this library.
 */
final class PubSubPublisher implements Publisher {

	private final SnsProducer producer;

	private PubSubPublisher(SnsProducer producer) {
		this.producer = producer;
	}

	static Publisher start(Clients clients, String topicArn) {
		Map<String, Object> properties = Map.of("pubsub.consumer.enabled", false, "pubsub.producer.topics.default",
				topicArn);
		return new PubSubPublisher(SpringContext
			.start(Application.class, properties,
					(context) -> context.registerBean(SnsDestination.class, () -> destination(clients)))
			.getBean(SnsProducer.class));
	}

	// As the auto-configuration makes it of its own clients.
	private static SnsDestination destination(Clients clients) {
		return new SnsDestination(clients.sns(), clients.blockingSns(), SnsDestination.DEFAULT_MAXIMUM_MESSAGE_SIZE,
				Map.of(), SnsDestination.DEFAULT_TIMEOUT);
	}

	@Override
	public void publish(Order order) {
		this.producer.produce(order);
	}

	@Override
	public CompletableFuture<?> publishAsync(Order order) {
		return this.producer.produceAsync(order);
	}

	@Override
	public int publishAll(List<Order> orders) {
		return (int) this.producer.produceAll(orders).results().stream().filter(PublishResult::isPublished).count();
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
