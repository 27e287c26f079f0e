package io.pubsub.autoconfigure.publish;

import java.util.Map;

import io.pubsub.MediaTypes;
import io.pubsub.autoconfigure.CapturedLog;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.schema.SchemaRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TopicKeyCheck}.
 */
class TopicKeyCheckTests {

	private final MediaTypes mediaTypes = new MediaTypes("example");

	@RegisterExtension
	private final CapturedLog log = new CapturedLog(TopicKeyCheck.class);

	@Test
	void warnsOfAResourceThatIsMisspelt() {
		check(true, "scaned");
		assertThat(this.log.messages()).singleElement()
			.asString()
			.contains("pubsub.producer.topics.created.scaned", "Is it scanned?");
	}

	@Test
	void warnsOfAResourceWithoutSchema() {
		check(false, "order");
		assertThat(this.log.messages()).singleElement()
			.asString()
			.contains("pubsub.producer.topics.created.order", "nothing can be published to it");
	}

	@ParameterizedTest
	@ValueSource(strings = { "scanned", "order", "batch_message" })
	void saysNothingOfAResourceThatCanBePublished(String resource) {
		check(true, resource);
		assertThat(this.log.messages()).isEmpty();
	}

	private void check(boolean conventionSchemas, String resource) {
		SchemaRegistry schemas = new SchemaRegistry(this.mediaTypes, conventionSchemas);
		schemas.register(ScannedMessage.class);
		PubSubProperties.Topics topics = new PubSubProperties.Topics(null, Map.of(), Map.of(resource, "topic"),
				Map.of(), Map.of());
		new TopicKeyCheck(topics, this.mediaTypes, schemas).afterSingletonsInstantiated();
	}

}
