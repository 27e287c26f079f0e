package io.pubsub.autoconfigure.publish;

import java.util.Map;
import java.util.function.UnaryOperator;

import io.awspring.cloud.autoconfigure.AwsAsyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.sns.SnsProperties;
import io.pubsub.MediaTypes;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.autoconfigure.internal.MissingJdbcQueueException;
import io.pubsub.autoconfigure.internal.MissingKinesisException;
import io.pubsub.aws.place.WrongPlaceException;
import io.pubsub.aws.sns.SnsDestination;
import io.pubsub.publish.BatchRelay;
import io.pubsub.publish.ComposeInterceptor;
import io.pubsub.publish.MessageComposer;
import io.pubsub.publish.Outbox;
import io.pubsub.publish.Propagation;
import io.pubsub.publish.PublishBatchHandler;
import io.pubsub.publish.PublishScopes;
import io.pubsub.publish.SnsProducer;
import io.pubsub.publish.TopicRouter;
import io.pubsub.publish.Topics;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.AddressRules;
import io.pubsub.transport.Destination;
import software.amazon.awssdk.services.sns.SnsAsyncClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration for publishing messages to SNS.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { PubSubAutoConfiguration.class, AwsAutoConfiguration.class },
		afterName = "io.awspring.cloud.autoconfigure.sns.SnsAutoConfiguration")
@ConditionalOnClass(SnsDestination.class)
@ConditionalOnBean(MessageCodec.class)
@Import(DeferredPublishingConfiguration.class)
public final class PubSubProducerAutoConfiguration {

	/**
	 * The name of the bean that takes batches apart.
	 */
	public static final String BATCH_HANDLER = "pubSubPublishBatchHandler";

	@Bean
	@ConditionalOnMissingBean
	TopicRouter pubSubTopicRouter(PubSubProperties properties, MediaTypes mediaTypes) {
		PubSubProperties.Topics topics = properties.producer().topics();
		return new TopicRouter(new Topics(topics.defaultTopic(), topics.mappings(), topics.created(), topics.changed(),
				topics.deleted()), mediaTypes);
	}

	@Bean
	TopicKeyCheck pubSubTopicKeyCheck(PubSubProperties properties, MediaTypes mediaTypes, SchemaRegistry schemas) {
		return new TopicKeyCheck(properties.producer().topics(), mediaTypes, schemas);
	}

	@Bean
	@ConditionalOnMissingBean
	MessageComposer pubSubMessageComposer(SchemaRegistry schemas, MessageCodec codec, TopicRouter router,
			PubSubProperties properties, Destination destination, ObjectProvider<ComposeInterceptor> interceptors,
			Timekeeper time) {
		Propagation propagation = new Propagation(properties.producer().propagate());
		return new MessageComposer(schemas, codec, router, propagation, time.clock(), destination.rules(),
				interceptors.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	ProducerDestinations pubSubProducerDestinations(MessageComposer composer, Destination destination,
			PubSubProperties properties, ObjectProvider<DestinationDecorator> decorators) {
		UnaryOperator<Destination> front = (to) -> batching(decorate(to, decorators), composer, destination.rules(),
				properties);
		return new ProducerDestinations(front.apply(destination), front.apply(destination.waiting()));
	}

	@Bean
	@ConditionalOnMissingBean
	SnsProducer snsProducer(MessageComposer composer, ProducerDestinations destinations, PublishScopes scopes,
			PubSubProperties properties, ObjectProvider<Outbox> outbox) {
		Outbox kept = outbox.getIfAvailable();
		UnaryOperator<Destination> outside = (kept != null) ? kept::outsideOfTransactions : UnaryOperator.identity();
		return new SnsProducer(composer, outside.apply(destinations.direct()), outside.apply(destinations.waiting()),
				properties.producer().mode(), scopes);
	}

	private static Destination batching(Destination destination, MessageComposer composer, AddressRules rules,
			PubSubProperties properties) {
		return switch (properties.producer().batching()) {
			case NATIVE -> destination;
			case RELAY -> new BatchRelay(destination, composer, rules);
		};
	}

	@Bean(BATCH_HANDLER)
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty("pubsub.consumer.republish-batches")
	PublishBatchHandler pubSubPublishBatchHandler(MessageComposer composer, Destination destination,
			PubSubProperties properties, ObjectProvider<DestinationDecorator> decorators) {
		return new PublishBatchHandler(composer, decorate(destination, decorators), properties.producer().mode());
	}

	private static Destination decorate(Destination destination, ObjectProvider<DestinationDecorator> decorators) {
		Destination decorated = destination;
		for (DestinationDecorator decorator : decorators.orderedStream().toList()) {
			decorated = decorator.decorate(decorated);
		}
		return decorated;
	}

	/**
	 * SNS as the destination.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ SnsAsyncClient.class, AwsClientBuilderConfigurer.class })
	@ConditionalOnBooleanProperty(name = "spring.cloud.aws.sns.enabled", matchIfMissing = true)
	@EnableConfigurationProperties(SnsProperties.class)
	static class SnsConfiguration {

		private static final String KINESIS = "io.pubsub.kinesis.publish.KinesisDestination";

		private static final String QUEUE = "io.pubsub.jdbc.queue.JdbcQueue";

		@Bean
		@ConditionalOnMissingBean
		SnsAsyncClient snsAsyncClient(SnsProperties properties, AwsClientBuilderConfigurer configurer,
				ObjectProvider<AwsConnectionDetails> connectionDetails,
				ObjectProvider<SnsAsyncClientCustomizer> customizers,
				ObjectProvider<AwsAsyncClientCustomizer> asyncCustomizers) {
			return configurer
				.configureAsyncClient(SnsAsyncClient.builder(), properties, connectionDetails.getIfAvailable(),
						customizers.orderedStream(), asyncCustomizers.orderedStream())
				.build();
		}

		@Bean
		@ConditionalOnMissingBean(Destination.class)
		SnsDestination pubSubDestination(SnsAsyncClient client, PubSubProperties properties, Timekeeper time,
				ConfigurableListableBeanFactory beans) {
			SnsDestination destination = new SnsDestination(client, BlockingSnsClient.of(beans),
					properties.producer().maxMessageBytes(), Map.of(), properties.producer().timeout(), time);
			properties.producer().topics().addresses().forEach((entry, topic) -> check(destination, entry, topic));
			return destination;
		}

		private static void check(SnsDestination destination, String entry, String topic) {
			if (InputAddress.isFolder(topic)) {
				return;
			}
			if (InputAddress.isTable(topic)) {
				if (!ClassUtils.isPresent(QUEUE, null)) {
					throw new MissingJdbcQueueException("pubsub.producer.topics." + entry, topic);
				}
				return;
			}
			if (InputAddress.isStream(topic)) {
				if (!ClassUtils.isPresent(KINESIS, null)) {
					throw new MissingKinesisException(topic);
				}
				return;
			}
			String property = "pubsub.producer.topics." + entry;
			try {
				destination.check(topic);
			}
			catch (WrongPlaceException ex) {
				throw new InvalidPropertyException(property, ex);
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidPropertyException(property, property + ": " + ex.getMessage());
			}
		}

	}

}
