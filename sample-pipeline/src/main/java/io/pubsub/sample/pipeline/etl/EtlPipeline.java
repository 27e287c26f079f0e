package io.pubsub.sample.pipeline.etl;

import io.pubsub.folder.FileMessage;
import io.pubsub.pipeline.Concurrency;
import io.pubsub.pipeline.Pipeline;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The pipeline: a file leaves the folder when all of it is in the database.
 */
@Configuration(proxyBeanMethods = false)
class EtlPipeline {

	private static final int FILES = 2;

	@Bean
	Pipeline etl(FileLoader loader) {
		return Pipeline.named("etl")
			.from(FileMessage.class)
			.mapConcurrently(Concurrency.of(FILES).unordered(), loader::load)
			.named("load")
			.end();
	}

}
