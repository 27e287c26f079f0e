package io.pubsub.test.pipeline;

import io.pubsub.MediaTypes;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import jakarta.validation.Validation;
import tools.jackson.databind.json.JsonMapper;

/**
 * Begins the receivers of pipelines under test.
 */
final class Receivers {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final SchemaRegistry SCHEMAS = new SchemaRegistry(new MediaTypes(null), true);

	private static final MessageCodec CODEC = new MessageCodec(MAPPER,
			Validation.buildDefaultValidatorFactory().getValidator(), SCHEMAS);

	private Receivers() {
	}

	static PipelineReceiver.Builder of(Pipeline pipeline) {
		return PipelineReceiver.builder(pipeline, Envelope.codec(MAPPER), CODEC, SCHEMAS);
	}

}
