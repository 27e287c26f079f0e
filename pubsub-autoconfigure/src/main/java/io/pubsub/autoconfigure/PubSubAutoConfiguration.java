package io.pubsub.autoconfigure;

import java.time.Clock;
import java.util.List;

import io.pubsub.MediaTypes;
import io.pubsub.MessageSchema;
import io.pubsub.autoconfigure.internal.EnvelopeDecorator;
import io.pubsub.autoconfigure.internal.EnvelopeSelection;
import io.pubsub.autoconfigure.internal.InvalidPropertyException;
import io.pubsub.autoconfigure.internal.PackageScanner;
import io.pubsub.schema.Envelope;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import jakarta.validation.Validator;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/**
 * Auto-configuration for what all others share: media types, schemas and their forms on
 * the wire, and when a failed message comes again.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
		"org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration" })
@ConditionalOnClass({ JsonMapper.class, Validator.class })
@EnableConfigurationProperties(PubSubProperties.class)
public final class PubSubAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MediaTypes pubSubMediaTypes(PubSubProperties properties) {
		return new MediaTypes(properties.organization(), properties.lifecycleChanges());
	}

	@Bean
	@ConditionalOnMissingBean
	Timekeeper pubSubTimekeeper(ObjectProvider<Clock> clock) {
		return Timekeeper.system("pubsub-time", clock.getIfUnique(Clock::systemUTC));
	}

	@Bean
	@ConditionalOnMissingBean
	SchemaRegistry pubSubSchemaRegistry(MediaTypes mediaTypes, PubSubProperties properties,
			ListableBeanFactory beanFactory, Environment environment) {
		SchemaRegistry registry = new SchemaRegistry(mediaTypes, properties.conventionSchemas());
		new PackageScanner(beanFactory, environment, new AnnotationTypeFilter(MessageSchema.class, false)).classes()
			.forEach(registry::register);
		return registry;
	}

	@Bean
	@ConditionalOnMissingBean
	MessageCodec pubSubMessageCodec(ObjectProvider<JsonMapper> mapper, Validator validator, SchemaRegistry schemas) {
		return new MessageCodec(mapper(mapper), validator, schemas);
	}

	@Bean
	EnvelopeSelection pubSubEnvelopeSelection(ObjectProvider<JsonMapper> mapper, PubSubProperties properties,
			ListableBeanFactory beanFactory, ObjectProvider<EnvelopeDecorator> decorators) {
		List<EnvelopeDecorator> all = decorators.orderedStream().toList();
		if (all.isEmpty() && !properties.s3().largeMessages().buckets().isEmpty()) {
			throw new InvalidPropertyException("pubsub.s3.large-messages",
					"pubsub.s3.large-messages needs pubsub-starter-s3, and one client of S3");
		}
		return new EnvelopeSelection(properties.envelope(), mapper(mapper), properties.s3().events(), all, beanFactory);
	}

	@Bean(EnvelopeSelection.DEFAULT_BEAN)
	@ConditionalOnMissingBean
	Envelope pubSubEnvelope(EnvelopeSelection selection) {
		return selection.select();
	}

	// Here, because every source needs it, a user's own one too.
	@Bean
	@ConditionalOnMissingBean
	BackoffPolicy pubSubBackoffPolicy(PubSubProperties properties) {
		return properties.consumer().backoff().create();
	}

	private static JsonMapper mapper(ObjectProvider<JsonMapper> mapper) {
		return mapper.getIfAvailable(() -> JsonMapper.builder().build());
	}

}
