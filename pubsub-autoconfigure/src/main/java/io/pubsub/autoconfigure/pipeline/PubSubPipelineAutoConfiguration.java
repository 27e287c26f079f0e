package io.pubsub.autoconfigure.pipeline;

import io.pubsub.autoconfigure.DeadLettersFactory;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.SourceFactory;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.consume.ReceiverConfigurer;
import io.pubsub.autoconfigure.internal.EnvelopeSelection;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.pipeline.OriginInterceptor;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Source;
import jakarta.validation.Validator;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for running the beans that are a {@link Pipeline}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { PubSubConsumerAutoConfiguration.class, PubSubSqsAutoConfiguration.class })
@ConditionalOnClass(Pipeline.class)
@ConditionalOnBean({ Pipeline.class, ReceiverConfigurer.class })
public final class PubSubPipelineAutoConfiguration {

	@Bean
	PipelineSource pubSubPipelineSource(ObjectProvider<SourceFactory> factories, ObjectProvider<Source> source,
			ObjectProvider<PipelineSources> given, PubSubProperties properties) {
		return new PipelineSource(factories, source, given, properties);
	}

	@Bean
	PipelineFactory pubSubPipelineFactory(Validator validator, PipelineSource sources, ReceiverConfigurer receivers,
			EnvelopeSelection envelopes, MessageCodec codec, SchemaRegistry schemas,
			ObjectProvider<OriginInterceptor> interceptors, ObjectProvider<PipelineReceiverCustomizer> customizers,
			ObjectProvider<DeadLettersFactory> letters, ObjectProvider<DeadLetters> deadLetters,
			PubSubProperties properties, Environment environment, Timekeeper timekeeper) {
		return new PipelineFactory(new PipelineBinder(environment, validator), sources, receivers, envelopes, codec,
				schemas, interceptors, customizers, letters, deadLetters, properties, environment, timekeeper);
	}

	@Bean
	@ConditionalOnMissingBean
	Pipelines pubSubPipelines(PipelineFactory factory, ObjectProvider<Pipeline> pipelines) {
		return factory.create(pipelines.orderedStream().toList());
	}

}
