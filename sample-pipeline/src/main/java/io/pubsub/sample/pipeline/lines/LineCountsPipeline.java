package io.pubsub.sample.pipeline.lines;

import io.pubsub.aws.s3.S3Event;
import io.pubsub.pipeline.Concurrency;
import io.pubsub.pipeline.Pipeline;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The pipeline: a message of S3 is acknowledged when the count of each object that it
 * names is written.
 */
@Configuration(proxyBeanMethods = false)
class LineCountsPipeline {

	@Bean
	Pipeline lineCounts(LineCounter counter, CountFolder folder, @Value("${pipelines:3}") int downloads) {
		return Pipeline.named("line-counts")
			.from(S3Event.class)
			.flatMapIterable(S3Event::objects)
			.named("objects")
			.mapConcurrently(Concurrency.of(downloads).unordered(), counter::count)
			.named("count")
			.to(folder::write);
	}

}
