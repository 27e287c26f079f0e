package io.pubsub.autoconfigure.doctor;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.aws.doctor.FactsReader;
import io.pubsub.dispatch.HandlerRegistry;
import io.pubsub.publish.TopicRouter;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

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
	ServiceDoctor pubSubDoctor(PubSubProperties properties, ObjectProvider<Daemons> daemons,
			ObjectProvider<HandlerRegistry> handlers, SchemaRegistry schemas, ObjectProvider<TopicRouter> topics,
			ObjectProvider<HandlingTimes> times, SqsAsyncClient sqs, ObjectProvider<SnsAsyncClient> sns,
			Timekeeper time) {
		return new ServiceDoctor(new ServiceSurvey(properties, daemons, handlers, schemas, topics, times),
				new FactsReader(sqs, sns.getIfAvailable(), time.clock()));
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
