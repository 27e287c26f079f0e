package io.pubsub.autoconfigure.observation;

import io.micrometer.observation.ObservationRegistry;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.observe.MediaTypeTag;
import io.pubsub.observe.ObservedComposing;
import io.pubsub.observe.ObservedHandling;
import io.pubsub.schema.SchemaRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for observations, and with them traces, of publishing and consuming.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubConsumerAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
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

}
