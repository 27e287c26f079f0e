package io.pubsub.benchmarks.pipeline;

import java.time.Duration;

import io.pubsub.MediaTypes;
import io.pubsub.benchmarks.scenario.Sentence;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.pipeline.Flow;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.pipeline.PipelineReceiver;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import jakarta.validation.Validation;
import tools.jackson.databind.json.JsonMapper;

/**
 * A pipeline of this library.
 */
final class PubSubPipeline {

	private static final Duration DRAIN = Duration.ofSeconds(10);

	private PubSubPipeline() {
	}

	/**
	 * Start a pipeline that decodes as the other contenders do.
	 * @param setup the setup of the contender
	 */
	static void start(Setup setup) {
		start(setup, Pipeline.named("words").fromMessages().map(new Decoder()::decode));
	}

	/**
	 * Start a pipeline of contents out of their envelopes, validated, as a user would
	 * have it.
	 * @param setup the setup of the contender
	 */
	static void startOfSchema(Setup setup) {
		start(setup, Pipeline.named("words").from(Sentence.class));
	}

	private static void start(Setup setup, Flow<Sentence> sentences) {
		JsonMapper mapper = JsonMapper.builder().build();
		SchemaRegistry schemas = new SchemaRegistry(new MediaTypes(null), true);
		MessageCodec codec = new MessageCodec(mapper, Validation.buildDefaultValidatorFactory().getValidator(),
				schemas);
		PipelineReceiver receiver = PipelineReceiver
			.builder(pipeline(sentences, setup.sink()), Envelope.codec(mapper), codec, schemas)
			.maxInFlight(setup.tap().inFlight())
			.build();
		new ConsumerDaemon(new MemorySource(setup), receiver, DRAIN).start();
	}

	/**
	 * Count the words of sentences, and collect the counts.
	 * @param sentences the sentences
	 * @param sink the sink of the batches
	 * @return the pipeline
	 */
	static Pipeline pipeline(Flow<Sentence> sentences, Sink sink) {
		WordCounts counts = new WordCounts();
		return sentences.flatMapIterable(Sentence::words)
			.map(Words::normalized)
			.keyedBy((word) -> word, Setup.LANES)
			.map(counts::count)
			.batch(Setup.BATCH, Setup.BATCH_TIME)
			.to(sink::write);
	}

}
