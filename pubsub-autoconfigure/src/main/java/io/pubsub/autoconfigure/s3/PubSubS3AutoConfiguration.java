package io.pubsub.autoconfigure.s3;

import java.util.Objects;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.internal.EnvelopeDecorator;
import io.pubsub.autoconfigure.publish.DestinationDecorator;
import io.pubsub.aws.s3.LargeMessageDestination;
import io.pubsub.aws.s3.LargeMessageEnvelope;
import io.pubsub.aws.s3.LargeMessageRemoval;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.uri.ResourceScheme;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for objects of S3.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubAutoConfiguration.class,
		afterName = "io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration")
@ConditionalOnClass({ S3Client.class, GzipCompressorInputStream.class })
@ConditionalOnSingleCandidate(S3Client.class)
public final class PubSubS3AutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	S3Objects pubSubS3Objects(S3Client client, PubSubProperties properties) {
		return new S3Objects(client, properties.s3().missing());
	}

	@Bean
	EnvelopeDecorator pubSubLargeMessageEnvelopes(S3Client client, PubSubProperties properties,
			ObjectProvider<JsonMapper> mapper) {
		PubSubProperties.LargeMessages large = properties.s3().largeMessages();
		return (envelope) -> new LargeMessageEnvelope(envelope, client, large.buckets(),
				(int) large.maxSize().toBytes(), mapper.getIfAvailable(() -> JsonMapper.builder().build()));
	}

	// The innermost: the others see messages as they were produced.
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@ConditionalOnProperty("pubsub.s3.large-messages.bucket")
	DestinationDecorator pubSubLargeMessageDestinations(S3Client client, PubSubProperties properties) {
		String bucket = Objects.requireNonNull(properties.s3().largeMessages().bucket());
		return (destination) -> new LargeMessageDestination(destination, client, bucket);
	}

	/**
	 * Contents that are removed with their messages.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty("pubsub.s3.large-messages.remove-with-message")
	static class RemovalConfiguration {

		@Bean
		@ConditionalOnMissingBean
		LargeMessageRemoval pubSubLargeMessageRemoval(S3Client client) {
			return new LargeMessageRemoval(client);
		}

		@Bean
		RemovalCheck pubSubLargeMessageRemovalCheck(PubSubProperties properties, Environment environment,
				ObjectProvider<Daemons> daemons, ObjectProvider<SqsAsyncClient> sqs) {
			return new RemovalCheck(properties, environment, daemons, sqs);
		}

		/**
		 * Counters of what is removed.
		 */
		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(MeterBinder.class)
		static class MeterConfiguration {

			@Bean
			MeterBinder pubSubLargeMessageMeters(LargeMessageRemoval removal) {
				return (registry) -> {
					FunctionCounter.builder("pubsub.large.messages.removed", removal, LargeMessageRemoval::removed)
						.description("Contents of large messages that were removed from S3 with their messages")
						.register(registry);
					FunctionCounter.builder("pubsub.large.messages.left", removal, LargeMessageRemoval::failed)
						.description("Contents of large messages that could not be removed from S3")
						.register(registry);
				};
			}

		}

	}

	/**
	 * Objects as the resources of messages.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ResourceScheme.class)
	static class ResourceConfiguration {

		@Bean
		@ConditionalOnMissingBean
		S3ResourceScheme pubSubS3ResourceScheme(S3Client client) {
			return new S3ResourceScheme(client);
		}

	}

}
