package io.pubsub.autoconfigure.publish;

import java.util.List;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SharedHttpClient;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.publish.SnsProducer;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.TestClock;
import io.pubsub.transport.Destination;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;

/**
 * Contexts with what publishes to a destination in memory.
 */
final class PublishingFixture {

	final InMemoryDestination destination = new InMemoryDestination();

	final InMemoryQueue queue = new InMemoryQueue(new TestClock());

	final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(SharedHttpClient.class)
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class,
				AwsAutoConfiguration.class, PubSubAutoConfiguration.class, PubSubProducerAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class))
		.withBean(Destination.class, () -> this.destination)
		.withPropertyValues("pubsub.organization=example", "pubsub.producer.topics.default=topic",
				"pubsub.consumer.drain=1s", "spring.cloud.aws.region.static=eu-west-1");

	static void produce(ApplicationContext context, String text) {
		context.getBean(SnsProducer.class).produce(new ScannedMessage(text));
	}

	List<String> texts() {
		return this.destination.published()
			.stream()
			.map((message) -> JsonMapper.shared().readTree(message.body()).path("text").asString(""))
			.toList();
	}

}
