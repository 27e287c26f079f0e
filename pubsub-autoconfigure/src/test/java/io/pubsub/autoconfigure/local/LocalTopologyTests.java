package io.pubsub.autoconfigure.local;

import java.util.Map;
import java.util.Objects;

import io.pubsub.autoconfigure.PubSubProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LocalTopology}.
 */
class LocalTopologyTests {

	@ParameterizedTest
	@ValueSource(strings = { "orders", "arn:aws:sqs:eu-west-1:123456789012:orders",
			"https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
			"https://sqs.eu-west-1.amazonaws.com/123456789012/orders/", "http://localhost:4566/000000000000/orders" })
	void namesTheQueueAsInAws(String source) {
		assertThat(topology(Map.of("pubsub.source", source)).queue()).isEqualTo("orders");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a.b", "files:orders", "arn:aws:sns:eu-west-1:123456789012:orders", "https://", "orders/x" })
	void refusesASourceThatIsNoQueue(String source) {
		assertThatExceptionOfType(LocalBrokerUnusableException.class)
			.isThrownBy(() -> topology(Map.of("pubsub.source", source)))
			.withMessageContainingAll("pubsub.source", "not \"" + source + "\"");
	}

	@Test
	void showsNoPasswordOfASource() {
		assertThatExceptionOfType(LocalBrokerUnusableException.class)
			.isThrownBy(() -> topology(Map.of("pubsub.source", "http://user:secret@localhost/000000000000/orders")))
			.withMessageContaining("http://...@localhost")
			.withMessageNotContaining("secret");
	}

	@Test
	void refusesDeadLettersThatComeBack() {
		assertThatExceptionOfType(LocalBrokerUnusableException.class)
			.isThrownBy(() -> topology(Map.of("pubsub.source", "orders", "pubsub.dead-letter.destination",
					"arn:aws:sqs:eu-west-1:123456789012:orders")))
			.withMessageContainingAll("pubsub.dead-letter.destination", "orders", "come back");
	}

	@Test
	void putsTheQueuesOfAPipelineInThePlaceOfThoseOfAws() {
		LocalTopology topology = topology(Map.of("pubsub.source", "orders", "pubsub.pipelines.words.source",
				"arn:aws:sqs:eu-west-1:123456789012:words", "pubsub.pipelines.words.dead-letter.destination",
				"arn:aws:sqs:eu-west-1:123456789012:lost-words"));
		assertThat(topology.overrides()).containsEntry("pubsub.pipelines.words.source", "words")
			.containsEntry("pubsub.pipelines.words.dead-letter.destination", "lost-words");
		assertThat(topology.redrives()).containsEntry("words", "lost-words")
			.containsEntry("orders", "orders-dead-letters");
		assertThat(topology.deadLetterQueues()).containsExactly("lost-words", "orders-dead-letters");
	}

	@Test
	void letsAPipelineShareTheQueueForDeadLetters() {
		LocalTopology topology = topology(Map.of("pubsub.source", "orders", "pubsub.pipelines.words.source", "words"));
		assertThat(topology.redrives()).containsEntry("words", "orders-dead-letters");
		assertThat(topology.overrides()).doesNotContainKey("pubsub.pipelines.words.dead-letter.destination");
	}

	@Test
	void givesAFifoQueueAFifoQueueForDeadLetters() {
		LocalTopology topology = topology(
				Map.of("pubsub.source", "orders", "pubsub.pipelines.words.source", "words.fifo"));
		assertThat(topology.redrives()).containsEntry("words.fifo", "words-dead-letters.fifo");
		assertThat(topology.overrides()).containsEntry("pubsub.pipelines.words.dead-letter.destination",
				"words-dead-letters.fifo");
	}

	@Test
	void keepsTheDotsInTheNameOfAPipeline() {
		LocalTopology topology = topology(Map.of("pubsub.pipelines[my.words].source", "words"));
		assertThat(topology.overrides()).containsEntry("pubsub.pipelines[my.words].source", "words");
	}

	@Test
	void refusesDeadLettersOfAPipelineThatComeBack() {
		assertThatExceptionOfType(LocalBrokerUnusableException.class)
			.isThrownBy(() -> topology(Map.of("pubsub.pipelines.words.source", "words",
					"pubsub.pipelines.words.dead-letter.destination", "words")))
			.withMessageContainingAll("pubsub.pipelines.words.dead-letter.destination is the queue words",
					"pubsub.pipelines.words.source");
	}

	@Test
	void consumesQueuesIfAPipelineDoesBesideAnInput() {
		assertThat(topology(Map.of("pubsub.source", "stdin:")).consumesQueues()).isFalse();
		assertThat(
				topology(Map.of("pubsub.source", "stdin:", "pubsub.pipelines.words.source", "pubsub")).consumesQueues())
			.isTrue();
	}

	@Test
	void leavesQueuesInThePlaceOfTopics() {
		LocalTopology topology = topology(
				Map.of("pubsub.producer.topics.default", "https://sqs.eu-west-1.amazonaws.com/123456789012/orders",
						"pubsub.producer.topics.created.bill", "arn:aws:sqs:eu-west-1:123456789012:bills",
						"pubsub.producer.topics.created.note", "arn:aws:sns:eu-west-1:123456789012:notes"));
		assertThat(topology.destinations().values()).containsExactlyInAnyOrder("orders", "bills");
		assertThat(topology.topicNames()).containsExactlyInAnyOrder("pubsub", "notes");
		assertThat(topology.overrides()).containsEntry("pubsub.producer.topics.default", "orders")
			.containsEntry("pubsub.producer.topics.created[bill]", "bills")
			.containsEntry("pubsub.producer.topics.created[note]", "arn:aws:sns:us-east-1:000000000000:notes");
	}

	private static LocalTopology topology(Map<String, String> properties) {
		Binder binder = new Binder(new MapConfigurationPropertySource(properties));
		return LocalTopology.of(Objects.requireNonNull(binder.bindOrCreate("pubsub", PubSubProperties.class)));
	}

}
