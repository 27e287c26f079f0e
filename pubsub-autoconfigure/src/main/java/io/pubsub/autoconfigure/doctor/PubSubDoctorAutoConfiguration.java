package io.pubsub.autoconfigure.doctor;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.pipeline.Pipelines;
import io.pubsub.autoconfigure.pipeline.RunningPipeline;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.aws.doctor.Caller;
import io.pubsub.aws.doctor.FactsReader;
import io.pubsub.aws.doctor.KeyPolicies;
import io.pubsub.aws.doctor.KmsKeyPolicies;
import io.pubsub.aws.doctor.StsCaller;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.publish.TopicRouter;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sts.StsAsyncClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the doctor: at the start, in the actuator and for its command.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { PubSubConsumerAutoConfiguration.class, PubSubProducerAutoConfiguration.class })
@ConditionalOnClass({ FactsReader.class, SqsAsyncClient.class, SnsAsyncClient.class })
@ConditionalOnBean({ SchemaRegistry.class, SqsAsyncClient.class })
@EnableConfigurationProperties(DoctorProperties.class)
public final class PubSubDoctorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ServiceDoctor pubSubDoctor(ServiceSurvey survey, SqsAsyncClient sqs, ObjectProvider<SnsAsyncClient> sns,
			ObjectProvider<Caller> caller, ObjectProvider<KeyPolicies> keys, Timekeeper time) {
		return new ServiceDoctor(survey,
				() -> SqsSettings.isOfAws(sqs) ? new FactsReader(sqs, sns.getIfAvailable(), caller.getIfAvailable(),
						keys.getIfAvailable(), time.clock())
						: new FactsReader(sqs, sns.getIfAvailable(), null, null, time.clock()));
	}

	@Bean
	ServiceTopology pubSubTopology(ServiceDoctor doctor, SqsAsyncClient sqs, ObjectProvider<SnsAsyncClient> sns) {
		return new ServiceTopology(doctor, sqs, sns);
	}

	@Bean
	ServiceSurvey pubSubServiceSurvey(PubSubProperties properties, ObjectProvider<Daemons> daemons,
			ObjectProvider<HandlerRegistry> handlers, ObjectProvider<PipelineTypes> pipelines, SchemaRegistry schemas,
			ObjectProvider<TopicRouter> topics, ObjectProvider<HandlingTimes> times, Environment environment) {
		return new ServiceSurvey(properties, daemons, handlers, pipelines, schemas, topics, times,
				environment.getProperty("spring.application.name", "service"));
	}

	@Bean
	@ConditionalOnProperty(name = "pubsub.doctor.at-start", havingValue = "warn")
	DoctorAtStart pubSubDoctorWarnsAtStart(ServiceDoctor doctor) {
		return new DoctorAtStart(doctor, DoctorProperties.AtStart.WARN);
	}

	@Bean
	@ConditionalOnProperty(name = "pubsub.doctor.at-start", havingValue = "fail")
	DoctorAtStart pubSubDoctorFailsAtStart(ServiceDoctor doctor) {
		return new DoctorAtStart(doctor, DoctorProperties.AtStart.FAIL);
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
		PubSubDoctorEndpoint pubSubDoctorEndpoint(ServiceDoctor doctor) {
			return new PubSubDoctorEndpoint(doctor);
		}

	}

	/**
	 * Who asks, made when somebody wants to know.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(StsAsyncClient.class)
	static class CallerConfiguration {

		@Lazy
		@Bean
		@ConditionalOnMissingBean(Caller.class)
		StsCaller pubSubDoctorCaller(SqsAsyncClient sqs) {
			return new StsCaller(SqsSettings.apply(sqs, StsAsyncClient.builder()).build());
		}

	}

	/**
	 * The policies of keys, made when somebody wants to know.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(KmsAsyncClient.class)
	static class KeysConfiguration {

		@Lazy
		@Bean
		@ConditionalOnMissingBean(KeyPolicies.class)
		KmsKeyPolicies pubSubDoctorKeys(SqsAsyncClient sqs) {
			return new KmsKeyPolicies(SqsSettings.apply(sqs, KmsAsyncClient.builder()).build());
		}

	}

	/**
	 * The media types of pipelines, where there are some.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Pipeline.class)
	static class PipelineConfiguration {

		@Bean
		PipelineTypes pubSubPipelineTypes(ObjectProvider<Pipelines> pipelines, SchemaRegistry schemas) {
			return (name) -> pipelines.stream()
				.flatMap((all) -> all.all().stream())
				.map(RunningPipeline::pipeline)
				.filter((pipeline) -> pipeline.name().equals(name) && pipeline.envelope() == null)
				.map((pipeline) -> schemas.mediaTypeOf(pipeline.contentType()))
				.collect(Collectors.toSet());
		}

	}

	/**
	 * The times of handlers, where they are measured.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static class TimesConfiguration {

		@Bean
		HandlingTimes pubSubHandlingTimes(ObjectProvider<MeterRegistry> registries) {
			return (daemon) -> registries.stream()
				.flatMap(
						(registry) -> registry.find("pubsub.consumer.handling").tag("daemon", daemon).timers().stream())
				.map(TimesConfiguration::longest)
				.max(Duration::compareTo)
				.orElse(null);
		}

		private static Duration longest(Timer timer) {
			return Duration.ofMillis((long) timer.max(TimeUnit.MILLISECONDS));
		}

	}

}
