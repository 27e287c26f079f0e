package io.pubsub.autoconfigure.publish;

import java.util.List;

import io.pubsub.MediaTypes;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.publish.BatchMessage;
import io.pubsub.publish.NoTopicException;
import io.pubsub.publish.PublishBatchHandler;
import io.pubsub.publish.SnsProducer;
import io.pubsub.transport.OutboundMessage;
import io.pubsub.transport.Source;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for messages that are relayed as one.
 */
class RelayedBatchesTests {

	private static final String BATCHES = "pubsub.producer.topics.created.batch_message=batches";

	private final PublishingFixture fixture = new PublishingFixture();

	private final ApplicationContextRunner contextRunner = this.fixture.contextRunner;

	@Test
	void relaysSeveralMessagesAsOneWhenToldSo() {
		this.contextRunner.withPropertyValues("pubsub.producer.batching=relay", BATCHES).run((context) -> {
			context.getBean(SnsProducer.class).deferred((publisher) -> {
				publisher.produce(new ScannedMessage("a"));
				publisher.produce(new ScannedMessage("b"));
			});
			assertThat(this.fixture.destination.published()).extracting(OutboundMessage::address)
				.containsExactly("batches");
		});
	}

	@Test
	void refusesToRelayWithoutATopicForBatches() {
		this.contextRunner.withPropertyValues("pubsub.producer.batching=relay")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoTopicException.class)
				.hasMessageContaining("never go to the default topic"));
	}

	@Test
	void republishesNoBatchesByDefault() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(PublishBatchHandler.class));
	}

	@Test
	void republishesBatchesWhenToldSo() {
		this.fixture.destination.link("batches", this.fixture.queue);
		this.contextRunner.withBean(Source.class, this.fixture.queue::source)
			.withPropertyValues("pubsub.producer.batching=relay", "pubsub.consumer.republish-batches=true", BATCHES)
			.run((context) -> {
				context.getBean(SnsProducer.class)
					.produceAll(List.of(new ScannedMessage("a"), new ScannedMessage("b")))
					.orThrow();
				Awaitility.await().untilAsserted(() -> assertThat(this.fixture.texts()).containsExactly("", "a", "b"));
			});
	}

	@Test
	void knowsTheMediaTypeOfBatches() {
		this.contextRunner.run((context) -> assertThat(context.getBean(MediaTypes.class).of(BatchMessage.class))
			.hasToString("application/vnd.example.pubsub._.created.batch_message"));
	}

}
