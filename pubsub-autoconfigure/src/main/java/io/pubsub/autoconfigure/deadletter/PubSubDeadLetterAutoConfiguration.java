package io.pubsub.autoconfigure.deadletter;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.internal.CommandLineProperties;
import io.pubsub.autoconfigure.pipeline.Pipelines;
import io.pubsub.autoconfigure.pipeline.PubSubPipelineAutoConfiguration;
import io.pubsub.autoconfigure.pipeline.RunningPipeline;
import io.pubsub.aws.deadletter.DeadLetterQueue;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the workbench for dead letters.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { PubSubConsumerAutoConfiguration.class, PubSubPipelineAutoConfiguration.class },
		afterName = "io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration")
@ConditionalOnClass({ DeadLetterQueue.class, SqsAsyncClient.class })
@ConditionalOnBean({ SchemaRegistry.class, SqsAsyncClient.class })
@EnableConfigurationProperties(WorkbenchProperties.class)
public final class PubSubDeadLetterAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	DeadLetterWorkbench pubSubDeadLetterWorkbench(PubSubProperties properties, ObjectProvider<SqsAsyncClient> sqs,
			ObjectProvider<SourceJudge> pipelines, ObjectProvider<HandlerRegistry> handlers,
			ObjectProvider<MessageDispatcher> dispatcher, Environment environment, Timekeeper time) {
		return new DeadLetterWorkbench(properties, sqs, new LetterJudge(pipelines, handlers, dispatcher),
				environment.getProperty(CommandLineProperties.LOCAL, Boolean.class, false), time);
	}

	/**
	 * The judge of pipelines, where there are any.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Pipeline.class)
	@ConditionalOnBean(type = "io.pubsub.autoconfigure.pipeline.Pipelines")
	static class PipelineConfiguration {

		@Bean
		SourceJudge pubSubPipelineJudge(Pipelines pipelines) {
			return (message, queue) -> pipelines.all()
				.stream()
				.filter((pipeline) -> consumes(pipeline, queue, pipelines.all().size() == 1))
				.findFirst()
				.map((pipeline) -> pipeline.receiver().judge(message))
				.orElse(null);
		}

		private static boolean consumes(RunningPipeline pipeline, @Nullable String queue, boolean only) {
			String source = pipeline.managed().source();
			return (queue != null) ? source != null && QueueNames.of(source).equals(queue) : only;
		}

	}

	/**
	 * The endpoint of the actuator.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
	static class EndpointConfiguration {

		@Bean
		@ConditionalOnMissingBean
		@ConditionalOnAvailableEndpoint
		PubSubDeadLettersEndpoint pubSubDeadLettersEndpoint(DeadLetterWorkbench workbench,
				WorkbenchProperties properties) {
			return new PubSubDeadLettersEndpoint(workbench, properties);
		}

	}

}
