package io.pubsub.autoconfigure.kinesis;

import java.net.URI;
import java.util.stream.Stream;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.autoconfigure.internal.RoutedDestination;
import io.pubsub.autoconfigure.publish.DestinationDecorator;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.kinesis.consume.KinesisSource;
import io.pubsub.kinesis.publish.KinesisDestination;
import io.pubsub.kinesis.publish.KinesisDestinationOptions;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClientBuilder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Auto-configuration for Kinesis streams, as what is consumed and as what is published
 * to.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { PubSubAutoConfiguration.class, AwsAutoConfiguration.class },
		before = PubSubSqsAutoConfiguration.class)
@ConditionalOnClass({ KinesisSource.class, KinesisAsyncClient.class, AwsClientBuilderConfigurer.class })
@ConditionalOnBean(AwsClientBuilderConfigurer.class)
@EnableConfigurationProperties({ PubSubProperties.class, PubSubKinesisProperties.class })
public final class PubSubKinesisAutoConfiguration {

	// Each shard that is read, and each call of a publisher, has one of them at a time.
	private static final int CONNECTIONS = 200;

	// Who uses no stream needs no region.
	@Bean
	@Lazy
	@ConditionalOnMissingBean
	KinesisAsyncClient pubSubKinesisClient(AwsClientBuilderConfigurer configurer, AwsProperties aws,
			ObjectProvider<AwsConnectionDetails> connectionDetails,
			ObjectProvider<AwsAsyncClientCustomizer> customizers) {
		AwsConnectionDetails details = connectionDetails.getIfAvailable();
		NettyNioAsyncHttpClient.Builder http = NettyNioAsyncHttpClient.builder().maxConcurrency(CONNECTIONS);
		URI endpoint = (details != null && details.getEndpoint() != null) ? details.getEndpoint() : aws.getEndpoint();
		if (isPlain(endpoint)) {
			// Emulators of AWS know no HTTP/2 without TLS.
			http.protocol(Protocol.HTTP1_1);
		}
		KinesisAsyncClientBuilder builder = KinesisAsyncClient.builder().httpClientBuilder(http);
		return configurer.configureAsyncClient(builder, null, details, Stream.empty(), customizers.orderedStream())
			.build();
	}

	private static boolean isPlain(@Nullable URI endpoint) {
		return endpoint != null && "http".equals(endpoint.getScheme());
	}

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	DynamoDbAsyncClient pubSubKinesisLeaseClient(AwsClientBuilderConfigurer configurer,
			ObjectProvider<AwsConnectionDetails> connectionDetails,
			ObjectProvider<AwsAsyncClientCustomizer> customizers) {
		return configurer
			.configureAsyncClient(DynamoDbAsyncClient.builder(), null, connectionDetails.getIfAvailable(),
					Stream.empty(), customizers.orderedStream())
			.build();
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "pubsub.consumer.enabled", matchIfMissing = true)
	KinesisSourceFactory pubSubKinesisSourceFactory(@Lazy KinesisAsyncClient kinesis, @Lazy DynamoDbAsyncClient dynamo,
			PubSubKinesisProperties properties, Environment environment, Timekeeper time) {
		return new KinesisSourceFactory(kinesis, dynamo, properties, environment, time);
	}

	@Bean
	@Conditional(StreamCondition.class)
	@ConditionalOnBean(KinesisSourceFactory.class)
	@ConditionalOnMissingBean(Source.class)
	KinesisSource pubSubKinesisSource(KinesisSourceFactory sources, BackoffPolicy backoff,
			PubSubProperties properties) {
		return sources.create(SourceSettings.ofHandlers(properties, backoff));
	}

	// Outside of what stores messages that are too large for a topic: a stream takes
	// more.
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE + 1)
	DestinationDecorator pubSubKinesisDestinations(@Lazy KinesisAsyncClient client, PubSubKinesisProperties kinesis,
			PubSubProperties properties, Timekeeper time) {
		PubSubKinesisProperties.Producer producer = kinesis.producer();
		KinesisDestination streams = new KinesisDestination(client, new KinesisDestinationOptions(producer.ordered(),
				(int) producer.maxRecordSize().toBytes(), producer.linger(), properties.producer().timeout()), time);
		properties.producer().topics().addresses().forEach((entry, address) -> check(streams, entry, address));
		return (destination) -> new RoutedDestination(destination, streams, InputAddress::isStream);
	}

	private static void check(KinesisDestination destination, String entry, String address) {
		if (InputAddress.isStream(address)) {
			String property = "pubsub.producer.topics." + entry;
			try {
				destination.check(address);
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidPropertyException(property, property + ": " + ex.getMessage());
			}
		}
	}

	/**
	 * Whether the source is a stream.
	 */
	static final class StreamCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			boolean stream = InputAddress.isStream(context.getEnvironment().getProperty("pubsub.source"));
			return new ConditionOutcome(stream, "pubsub.source is " + (stream ? "a stream" : "no stream"));
		}

	}

}
