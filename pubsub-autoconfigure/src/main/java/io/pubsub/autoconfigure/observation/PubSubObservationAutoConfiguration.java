package io.pubsub.autoconfigure.observation;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.observe.MediaTypeTag;
import io.pubsub.observe.ObservedComposing;
import io.pubsub.observe.ObservedHandling;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.around.BatchTracing;
import io.pubsub.pipeline.around.ObservedOrigins;
import io.pubsub.schema.SchemaRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration for observations, and with them traces, of publishing and consuming.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubConsumerAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration" })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ ObservationRegistry.class, SchemaRegistry.class })
public final class PubSubObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ObservedComposing pubSubObservedComposing(ObservationRegistry registry, SchemaRegistry schemas) {
		return new ObservedComposing(registry, new MediaTypeTag(schemas));
	}

	@Bean
	@ConditionalOnBean(HandlerRegistry.class)
	@ConditionalOnMissingBean
	ObservedHandling pubSubObservedHandling(ObservationRegistry registry, SchemaRegistry schemas) {
		return new ObservedHandling(registry, new MediaTypeTag(schemas));
	}

	/**
	 * The same for the messages of pipelines.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(OriginInterceptor.class)
	static class PipelineConfiguration {

		// Outside of all others: what they do belongs to the work.
		@Bean
		@Order(-200)
		@ConditionalOnBean(HandlerRegistry.class)
		@ConditionalOnMissingBean
		ObservedOrigins pubSubObservedOrigins(ObservationRegistry registry, SchemaRegistry schemas) {
			return new ObservedOrigins(registry, new MediaTypeTag(schemas));
		}

		/**
		 * The spans of batches.
		 */
		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(Tracer.class)
		@ConditionalOnBean(Tracer.class)
		static class TracingConfiguration {

			// Before the handler of Spring Boot for all other observations.
			@Bean
			@Order(0)
			@ConditionalOnMissingBean
			BatchTracing pubSubBatchTracing(Tracer tracer) {
				return new BatchTracing(tracer);
			}

		}

	}

}
