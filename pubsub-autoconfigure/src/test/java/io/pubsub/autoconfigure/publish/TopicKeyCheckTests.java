package io.pubsub.autoconfigure.publish;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.pubsub.MediaTypes;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.scan.ScannedMessage;
import io.pubsub.schema.SchemaRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TopicKeyCheck}.
 */
class TopicKeyCheckTests {

	private final MediaTypes mediaTypes = new MediaTypes("example");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(TopicKeyCheck.class);

	@BeforeEach
	void startLog() {
		this.log.start();
		this.logger.setLevel(Level.WARN);
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void detachLog() {
		this.logger.detachAppender(this.log);
		this.logger.setLevel(null);
	}

	@Test
	void warnsOfAResourceThatIsMisspelt() {
		check(true, "scaned");
		assertThat(logged()).singleElement()
			.asString()
			.contains("pubsub.producer.topics.created.scaned", "Is it scanned?");
	}

	@Test
	void warnsOfAResourceWithoutSchema() {
		check(false, "order");
		assertThat(logged()).singleElement()
			.asString()
			.contains("pubsub.producer.topics.created.order", "nothing can be published to it");
	}

	@ParameterizedTest
	@ValueSource(strings = { "scanned", "order", "batch_message" })
	void saysNothingOfAResourceThatCanBePublished(String resource) {
		check(true, resource);
		assertThat(logged()).isEmpty();
	}

	private List<String> logged() {
		return this.log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	private void check(boolean conventionSchemas, String resource) {
		SchemaRegistry schemas = new SchemaRegistry(this.mediaTypes, conventionSchemas);
		schemas.register(ScannedMessage.class);
		PubSubProperties.Topics topics = new PubSubProperties.Topics(null, Map.of(), Map.of(resource, "topic"),
				Map.of(), Map.of());
		new TopicKeyCheck(topics, this.mediaTypes, schemas).afterSingletonsInstantiated();
	}

}
