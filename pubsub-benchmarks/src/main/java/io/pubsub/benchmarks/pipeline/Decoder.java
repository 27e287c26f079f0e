package io.pubsub.benchmarks.pipeline;

import io.pubsub.benchmarks.scenario.Sentence;
import io.pubsub.transport.InboundMessage;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON straight into the record, without an envelope and without validation, so
 * that little beside the engines counts. Safe for use by many threads.
 */
final class Decoder {

	private final ObjectReader reader = JsonMapper.builder().build().readerFor(Sentence.class);

	Sentence decode(InboundMessage message) {
		return this.reader.readValue(message.body());
	}

}
