package io.pubsub.sample.pipeline.clicks;

import java.time.Duration;

import io.pubsub.pipeline.Batch;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.publish.SnsProducer;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The pipeline: a record counts as done, for the checkpoint of its shard, when the part
 * of the window that it is in is published.
 */
@Configuration(proxyBeanMethods = false)
class ClicksPipeline {

	private static final int LANES = 4;

	private static final int LARGEST_PART = 10_000;

	@Bean
	Pipeline clicks(SnsProducer producer, ClickTally tally, @Value("${window:10}") int seconds) {
		Duration length = Duration.ofSeconds(seconds);
		return Pipeline.named("clicks")
			.from(Click.class)
			.keyedBy((click) -> Window.of(click, length), LANES)
			.batch(LARGEST_PART, length)
			.map((part) -> count(part, length))
			.named("count")
			.publish(producer)
			.to(tally::published);
	}

	private static ClickCount count(Batch<Click> part, Duration length) {
		Window window = Window.of(part.get(0), length);
		return new ClickCount(window.page(), window.from(), part.size());
	}

}
