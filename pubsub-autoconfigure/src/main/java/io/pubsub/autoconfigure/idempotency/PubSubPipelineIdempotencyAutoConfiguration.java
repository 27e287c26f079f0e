package io.pubsub.autoconfigure.idempotency;

import io.pubsub.idempotency.IdempotencyKeys;
import io.pubsub.idempotency.IdempotencyStore;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.around.IdempotentOrigins;
import io.pubsub.time.Timekeeper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for letting each message pass a pipeline once.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubIdempotencyAutoConfiguration.class)
@ConditionalOnClass(OriginInterceptor.class)
@ConditionalOnBean({ IdempotencyStore.class, IdempotencyKeys.class })
public final class PubSubPipelineIdempotencyAutoConfiguration {

	// Inside of the circuits, because what is not tried needs no claim.
	@Bean
	@Order(0)
	@ConditionalOnMissingBean
	IdempotentOrigins pubSubIdempotentOrigins(IdempotencyStore store, IdempotencyKeys keys,
			PubSubIdempotencyProperties properties, Environment environment, Timekeeper time) {
		return new IdempotentOrigins(store, (pipeline) -> keys(keys, environment, pipeline), properties.lease(), time,
				PubSubPipelineIdempotencyAutoConfiguration::execute);
	}

	private static IdempotencyKeys keys(IdempotencyKeys keys, Environment environment, String pipeline) {
		String source = environment.getProperty("pubsub.pipelines.%s.source".formatted(pipeline));
		return (keys instanceof SourceKeys && source != null) ? SourceKeys.of(source) : keys;
	}

	// A few times in a lease, and only while a message is in work for so long.
	private static void execute(Runnable renewal) {
		Thread thread = new Thread(renewal, "pubsub-claims");
		thread.setDaemon(true);
		thread.start();
	}

}
