package io.pubsub.autoconfigure.s3;

import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.aws.s3.S3Objects;
import io.pubsub.uri.ResourceScheme;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import software.amazon.awssdk.services.s3.S3Client;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
