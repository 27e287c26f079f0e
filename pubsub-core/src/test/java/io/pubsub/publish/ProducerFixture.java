package io.pubsub.publish;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.pubsub.MediaTypes;
import io.pubsub.MessageSchema;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.transport.Destination;
import io.pubsub.transport.OutboundMessage;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import tools.jackson.databind.json.JsonMapper;

/**
 * Producers to a recording destination, and what they produce.
 */
final class ProducerFixture {

	static final String ORDERS = "orders";

	static final String BATCHES = "batches";

	private static final Validator VALIDATOR = Validation.buildDefaultValidatorFactory().getValidator();

	private final MediaTypes mediaTypes = new MediaTypes("example");

	private final SchemaRegistry schemas = new SchemaRegistry(this.mediaTypes, true);

	private final RecordingDestination destination = new RecordingDestination();

	SnsProducer producer(PublishScopes scopes) {
		return new SnsProducer(composer(), this.destination, this.destination.waiting(), ProducerMode.PUBLISH, scopes);
	}

	SnsProducer producer(Destination to, ProducerMode mode) {
		return new SnsProducer(composer(), to, mode);
	}

	MessageComposer composer() {
		Topics topics = new Topics(null, Map.of(), Map.of("order", ORDERS, "batch_message", BATCHES), Map.of(),
				Map.of());
		return new MessageComposer(this.schemas, codec(), new TopicRouter(topics, this.mediaTypes),
				Propagation.defaults(), Clock.systemUTC());
	}

	MessageCodec codec() {
		return new MessageCodec(JsonMapper.shared(), VALIDATOR, this.schemas);
	}

	RecordingDestination destination() {
		return this.destination;
	}

	/**
	 * The SKUs of the orders that were published by themselves, in order.
	 */
	List<String> published() {
		return this.destination.messages().stream().map(ProducerFixture::sku).toList();
	}

	static String sku(OutboundMessage message) {
		return JsonMapper.shared().readTree(message.body()).path("sku").asString("");
	}

	@MessageSchema
	record Order(@NotBlank String sku) {
	}

}
