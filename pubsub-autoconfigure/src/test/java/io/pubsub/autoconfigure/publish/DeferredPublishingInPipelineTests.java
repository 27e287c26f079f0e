package io.pubsub.autoconfigure.publish;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.pubsub.DeferPublishing;
import io.pubsub.MessageSchema;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.SharedHttpClient;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.publish.SnsProducer;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.PipelineTester;
import io.pubsub.transport.Destination;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeferPublishing} in the functions of a pipeline.
 */
class DeferredPublishingInPipelineTests {

	private final InMemoryDestination destination = new InMemoryDestination();

	private final List<Integer> published = new CopyOnWriteArrayList<>();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(SharedHttpClient.class)
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class, ValidationAutoConfiguration.class,
				CredentialsProviderAutoConfiguration.class, RegionProviderAutoConfiguration.class,
				AwsAutoConfiguration.class, PubSubAutoConfiguration.class, PubSubProducerAutoConfiguration.class))
		.withBean(Destination.class, () -> this.destination)
		.withBean(Announcer.class)
		.withPropertyValues("pubsub.organization=example", "pubsub.producer.topics.default=topic",
				"spring.cloud.aws.region.static=eu-west-1");

	@Test
	void publishesWhatACallHasProducedBeforeItsElementGoesOn() {
		this.contextRunner.run((context) -> {
			Announcer announcer = context.getBean(Announcer.class);
			try (PipelineTester tester = PipelineTester.of(pipeline(announcer))) {
				tester.send(new Sentence("to be"));
				assertThat(this.published).containsExactly(2, 4);
				assertThat(tester.queue().size()).isZero();
			}
		});
	}

	@Test
	void publishesNothingOfACallThatFails() {
		this.contextRunner.run((context) -> {
			Announcer announcer = context.getBean(Announcer.class);
			try (PipelineTester tester = PipelineTester.of(pipeline(announcer))) {
				tester.send(new Sentence("to fail"));
				assertThat(this.published).containsExactly(2);
				assertThat(this.destination.published()).hasSize(2);
				assertThat(tester.queue().size()).isOne();
			}
		});
	}

	private Pipeline pipeline(Announcer announcer) {
		return Pipeline.named("words")
			.from(Sentence.class)
			.flatMap((sentence) -> Stream.of(sentence.text().split(" ")))
			.map(announcer::announce)
			.to((word) -> this.published.add(this.destination.published().size()));
	}

	@MessageSchema(mediaType = "application/vnd.test.sentence")
	record Sentence(String text) {

	}

	static class Announcer {

		private final SnsProducer producer;

		Announcer(SnsProducer producer) {
			this.producer = producer;
		}

		@DeferPublishing
		String announce(String word) {
			this.producer.produce(new ScannedMessage(word));
			this.producer.produce(new ScannedMessage(word));
			if (word.equals("fail")) {
				throw new IllegalStateException("expected");
			}
			return word;
		}

	}

}
