package io.pubsub.autoconfigure.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.publish.DestinationDecorator;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.observe.MediaTypeTag;
import io.pubsub.observe.MeteredDestination;
import io.pubsub.observe.OutcomeMeters;
import io.pubsub.publish.PublishOnSuccess;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.source.PullSource;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.Source;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for the meters of publishing and consuming.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { PubSubConsumerAutoConfiguration.class, PubSubSqsAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, SchemaRegistry.class })
public final class PubSubMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	OutcomeMeters pubSubOutcomeMeters(MeterRegistry registry, SchemaRegistry schemas, Timekeeper time) {
		return new OutcomeMeters(registry, new MediaTypeTag(schemas), time.clock());
	}

	@Bean
	DestinationDecorator pubSubDestinationMeters(MeterRegistry registry, SchemaRegistry schemas) {
		return (destination) -> new MeteredDestination(destination, registry, new MediaTypeTag(schemas));
	}

	@Bean
	@ConditionalOnBean(ConsumerDaemon.class)
	MeterBinder pubSubDaemonMeters(ConsumerDaemon daemon) {
		return (registry) -> Gauge.builder("pubsub.consumer.in.flight", daemon, ConsumerDaemon::inFlight)
			.description("Messages that were handed over and are not settled")
			.register(registry);
	}

	@Bean
	@ConditionalOnBean(Source.class)
	MeterBinder pubSubFeedMeters(ObjectProvider<Source> sources) {
		return (registry) -> sources.stream()
			.filter(PullSource.class::isInstance)
			.map(PullSource.class::cast)
			.forEach((source) -> FunctionCounter.builder("pubsub.feed.failures", source, PullSource::failures)
				.description("Calls of a feed that have failed")
				.tag("feed", source.name())
				.register(registry));
	}

	@Bean
	@ConditionalOnBean(PublishOnSuccess.class)
	MeterBinder pubSubRefusedPublishMeters(PublishOnSuccess publishOnSuccess) {
		return (registry) -> FunctionCounter
			.builder("pubsub.producer.refused", publishOnSuccess, PublishOnSuccess::refused)
			.description("Deferred messages that were not published, because their handler had lost its message")
			.register(registry);
	}

	/**
	 * The counters of a source on SQS.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SqsSource.class)
	@ConditionalOnBean(SqsSource.class)
	static class SqsConfiguration {

		@Bean
		MeterBinder pubSubSqsMeters(SqsSource source) {
			return source.metrics()::bindTo;
		}

	}

}
