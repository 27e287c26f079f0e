package io.pubsub.autoconfigure.metrics;

import java.util.List;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.pubsub.autoconfigure.consume.Daemons;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.outbox.PubSubOutboxAutoConfiguration;
import io.pubsub.autoconfigure.pipeline.Pipelines;
import io.pubsub.autoconfigure.pipeline.PubSubPipelineAutoConfiguration;
import io.pubsub.autoconfigure.publish.DestinationDecorator;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.jdbc.queue.JdbcOutbox;
import io.pubsub.kinesis.consume.KinesisSource;
import io.pubsub.observe.DaemonMeters;
import io.pubsub.observe.MediaTypeTag;
import io.pubsub.observe.MeteredDestination;
import io.pubsub.observe.OutcomeMeters;
import io.pubsub.pipeline.around.PipelineMeters;
import io.pubsub.publish.PublishOnSuccess;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.source.PullSource;
import io.pubsub.time.Timekeeper;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;

/**
 * Auto-configuration for the meters of publishing and consuming.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { PubSubConsumerAutoConfiguration.class, PubSubPipelineAutoConfiguration.class,
				PubSubSqsAutoConfiguration.class, PubSubOutboxAutoConfiguration.class },
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
	@ConditionalOnBean(Daemons.class)
	MeterBinder pubSubDaemonMeters(Daemons daemons) {
		return (registry) -> daemons.all()
			.forEach((daemon) -> new DaemonMeters(daemon.name(), daemon.daemon()).bindTo(registry));
	}

	@Bean
	@ConditionalOnBean(Daemons.class)
	MeterBinder pubSubFeedMeters(Daemons daemons) {
		return (registry) -> daemons.all()
			.stream()
			.map((daemon) -> daemon.daemon().source())
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
	 * The counters of sources on SQS.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(SqsSource.class)
	@ConditionalOnBean(Daemons.class)
	static class SqsConfiguration {

		@Bean
		MeterBinder pubSubSqsMeters(Daemons daemons) {
			return (registry) -> daemons.all().forEach((daemon) -> {
				if (daemon.daemon().source() instanceof SqsSource source) {
					source.metrics().bindTo(registry, Tags.of(DaemonMeters.TAG, daemon.name()));
				}
			});
		}

	}

	/**
	 * The gauges of sources on Kinesis.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(KinesisSource.class)
	@ConditionalOnBean(Daemons.class)
	static class KinesisConfiguration {

		@Bean
		MeterBinder pubSubKinesisMeters(Daemons daemons) {
			return (registry) -> daemons.all().forEach((daemon) -> {
				if (daemon.daemon().source() instanceof KinesisSource source) {
					source.metrics().bindTo(registry, Tags.of(DaemonMeters.TAG, daemon.name()));
				}
			});
		}

	}

	/**
	 * The meters of the outbox.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JdbcOutbox.class, DataAccessException.class })
	@ConditionalOnBean(JdbcOutbox.class)
	static class OutboxConfiguration {

		@Bean
		OutboxMeters pubSubOutboxMeters(JdbcOutbox outbox, Timekeeper time) {
			return new OutboxMeters(outbox, time);
		}

	}

	/**
	 * The meters of pipelines and their stages.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(PipelineMeters.class)
	@ConditionalOnBean(Pipelines.class)
	static class PipelineConfiguration {

		// A registry does not keep what it looks at.
		@Bean
		MeterBinder pubSubPipelineMeters(Pipelines pipelines) {
			List<PipelineMeters> meters = pipelines.all()
				.stream()
				.map((pipeline) -> new PipelineMeters(pipeline.receiver()))
				.toList();
			return (registry) -> meters.forEach((each) -> each.bindTo(registry));
		}

	}

}
