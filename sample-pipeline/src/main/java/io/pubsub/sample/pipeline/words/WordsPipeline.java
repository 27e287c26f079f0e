package io.pubsub.sample.pipeline.words;

import java.time.Duration;

import io.pubsub.pipeline.Pipeline;
import io.pubsub.publish.SnsProducer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The pipeline.
 */
@Configuration(proxyBeanMethods = false)
class WordsPipeline {

	private static final int LANES = 4;

	private static final int BATCH = 100;

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	@Bean
	Pipeline words(Reader reader, WordCounts counts, SnsProducer producer) {
		return Pipeline.named("words")
			.from(Sentence.class)
			.flatMap(reader::words)
			.named("take-apart")
			.rejecting(UnreadableSentenceException.class::isInstance)
			.keyedBy((word) -> word, LANES)
			.map(counts::add)
			.named("count")
			.batch(BATCH, PATIENCE)
			.publish(producer)
			.to(counts::published);
	}

}
