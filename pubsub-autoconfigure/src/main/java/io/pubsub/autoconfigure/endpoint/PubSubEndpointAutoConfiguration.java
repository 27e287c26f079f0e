package io.pubsub.autoconfigure.endpoint;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.circuit.CircuitStates;
import io.pubsub.autoconfigure.consume.DaemonGroup;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.health.DaemonWatch;
import io.pubsub.autoconfigure.outbox.PubSubOutboxAutoConfiguration;
import io.pubsub.autoconfigure.pipeline.PubSubPipelineAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.circuit.HandlerCircuits;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.DeadLetterLimit;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.jdbc.queue.JdbcOutbox;
import io.pubsub.observe.MediaTypeTag;
import io.pubsub.publish.TopicRouter;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for the endpoints {@code pubsub}, {@code pubsubpipelines} and
 * {@code pubsuboutbox} of the actuator.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { PubSubConsumerAutoConfiguration.class, PubSubPipelineAutoConfiguration.class,
		PubSubProducerAutoConfiguration.class, PubSubOutboxAutoConfiguration.class })
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(SchemaRegistry.class)
public final class PubSubEndpointAutoConfiguration {

	@Bean
	@ConditionalOnAvailableEndpoint(PubSubEndpoint.class)
	OutcomeHistory pubSubOutcomeHistory(SchemaRegistry schemas, Timekeeper time) {
		return new OutcomeHistory(new MediaTypeTag(schemas), time.clock());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	@ConditionalOnBean(DaemonGroup.class)
	PubSubPipelinesEndpoint pubSubPipelinesEndpoint(ObjectProvider<DaemonGroup> groups,
			ObjectProvider<CircuitStates> circuits, PubSubProperties properties) {
		return new PubSubPipelinesEndpoint(groups, circuits, properties.health().stuckAfter());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnAvailableEndpoint
	PubSubEndpoint pubSubEndpoint(SchemaRegistry schemas, OutcomeHistory history,
			ObjectProvider<HandlerRegistry> handlers, ObjectProvider<TopicRouter> topics,
			ObjectProvider<HandlerCircuits> circuits, ObjectProvider<ConsumerDaemon> daemon,
			ObjectProvider<DeadLetterLimit> limit, PubSubProperties properties) {
		return new PubSubEndpoint(schemas, history, handlers, topics, circuits,
				watch(daemon.getIfAvailable(), limit.getIfAvailable(), properties));
	}

	private static @Nullable DaemonWatch watch(@Nullable ConsumerDaemon daemon, @Nullable DeadLetterLimit limit,
			PubSubProperties properties) {
		return (daemon != null) ? new DaemonWatch(daemon, properties.health().stuckAfter(), limit) : null;
	}

	/**
	 * The outbox.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JdbcOutbox.class)
	@ConditionalOnBean(JdbcOutbox.class)
	static class OutboxConfiguration {

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint
		PubSubOutboxEndpoint pubSubOutboxEndpoint(JdbcOutbox outbox) {
			return new PubSubOutboxEndpoint(outbox);
		}

	}

}
