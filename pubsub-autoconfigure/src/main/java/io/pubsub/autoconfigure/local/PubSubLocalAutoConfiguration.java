package io.pubsub.autoconfigure.local;

import java.util.function.Consumer;

import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.s3.properties.S3Properties;
import io.awspring.cloud.autoconfigure.sns.SnsClientCustomizer;
import io.awspring.cloud.autoconfigure.sqs.SqsAsyncClientCustomizer;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.publish.SnsAsyncClientCustomizer;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.local.LocalBroker;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for SNS, SQS and S3 inside this process, with the topics and the
 * queue that the application is configured with.
 * <p>
 * Whether there is a broker is decided when the application runs: the conditions of an
 * application that is processed ahead of time are those of its build.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = { PubSubProducerAutoConfiguration.class, PubSubSqsAutoConfiguration.class })
@ConditionalOnClass({ LocalBroker.class, SqsAsyncClientCustomizer.class })
@EnableConfigurationProperties(PubSubProperties.class)
public final class PubSubLocalAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@Nullable LocalBroker pubSubLocalBroker(PubSubProperties properties, ListableBeanFactory beans) {
		return properties.local().enabled()
				? LocalBrokerStart.of(properties, beans.getBeanNamesForType(AwsConnectionDetails.class)) : null;
	}

	@Bean
	@Lazy(false)
	@Nullable LocalBrokerAnnouncement pubSubLocalBrokerAnnouncement(PubSubProperties properties,
			ObjectProvider<LocalBroker> broker, Environment environment) {
		return (properties.local().enabled() && LocalBrokerAnnouncement.isOfUse(environment))
				? new LocalBrokerAnnouncement(broker.getObject(), environment) : null;
	}

	@Bean
	static AwsClientGuard pubSubLocalAwsClientGuard(Environment environment) {
		return new AwsClientGuard(environment);
	}

	@Bean
	SqsAsyncClientCustomizer pubSubLocalSqsCustomizer(PubSubProperties properties, ObjectProvider<LocalBroker> broker) {
		return (builder) -> ifEnabled(properties, broker, (local) -> builder.endpointOverride(local.sqsEndpoint()));
	}

	@Bean
	SnsClientCustomizer pubSubLocalSnsCustomizer(PubSubProperties properties, ObjectProvider<LocalBroker> broker) {
		return (builder) -> ifEnabled(properties, broker, (local) -> builder.endpointOverride(local.snsEndpoint()));
	}

	@Bean
	SnsAsyncClientCustomizer pubSubLocalSnsAsyncCustomizer(PubSubProperties properties,
			ObjectProvider<LocalBroker> broker) {
		return (builder) -> ifEnabled(properties, broker, (local) -> builder.endpointOverride(local.snsEndpoint()));
	}

	private static void ifEnabled(PubSubProperties properties, ObjectProvider<LocalBroker> broker,
			Consumer<LocalBroker> action) {
		if (properties.local().enabled()) {
			action.accept(broker.getObject());
		}
	}

	/**
	 * The clients of S3, if there are any.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ S3Client.class, S3Properties.class })
	static class S3Configuration {

		@Bean
		static LocalS3Endpoint pubSubLocalS3Endpoint(Environment environment, ObjectProvider<LocalBroker> broker) {
			return new LocalS3Endpoint(environment, broker);
		}

	}

}
