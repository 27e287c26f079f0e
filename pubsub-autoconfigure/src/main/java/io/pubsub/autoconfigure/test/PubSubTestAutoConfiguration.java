package io.pubsub.autoconfigure.test;

import java.util.List;

import io.pubsub.MediaTypes;
import io.pubsub.autoconfigure.DeadLettersFactory;
import io.pubsub.autoconfigure.PubSubAutoConfiguration;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.consume.PubSubConsumerAutoConfiguration;
import io.pubsub.autoconfigure.outbox.JdbcOutboxCustomizer;
import io.pubsub.autoconfigure.pipeline.Pipelines;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.daemon.ConsumerDaemon;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.dispatch.MessageDispatcher;
import io.pubsub.jdbc.queue.JdbcOutbox;
import io.pubsub.pipeline.Pipeline;
import io.pubsub.publish.MessageComposer;
import io.pubsub.publish.Propagation;
import io.pubsub.publish.TopicRouter;
import io.pubsub.publish.Topics;
import io.pubsub.schema.MessageCodec;
import io.pubsub.schema.SchemaRegistry;
import io.pubsub.test.InMemoryDestination;
import io.pubsub.test.InMemoryQueue;
import io.pubsub.test.OutcomeRecorder;
import io.pubsub.test.PipelineTester;
import io.pubsub.test.PubSubTester;
import io.pubsub.test.TestClock;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.PropertySource;

/**
 * Auto-configuration for tests with {@link PubSubTest}: the in-memory transport in place
 * of AWS.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubAutoConfiguration.class,
		before = { PubSubProducerAutoConfiguration.class, PubSubSqsAutoConfiguration.class,
				PubSubConsumerAutoConfiguration.class })
@PropertySource("classpath:io/pubsub/autoconfigure/test/defaults.properties")
public final class PubSubTestAutoConfiguration {

	// An application may have a clock, a timekeeper or a destination of its own: in a
	// test
	// it yields.
	@Bean
	@Primary
	TestClock pubSubTestClock() {
		return new TestClock();
	}

	@Bean
	@Primary
	Timekeeper pubSubTestTimekeeper(TestClock clock) {
		return clock.timekeeper();
	}

	@Bean
	@Primary
	InMemoryDestination pubSubTestDestination() {
		return new InMemoryDestination();
	}

	@Bean
	InMemoryQueue pubSubTestQueue(TestClock clock) {
		return new InMemoryQueue(clock);
	}

	@Bean
	OutcomeRecorder pubSubTestOutcomes() {
		return new OutcomeRecorder();
	}

	@Bean
	PipelineProbes pubSubTestProbes(TestClock clock) {
		return new PipelineProbes(clock);
	}

	@Bean
	PubSubTester pubSubTester(SchemaRegistry schemas, MessageCodec codec, MediaTypes mediaTypes, InMemoryQueue queue,
			InMemoryDestination destination, OutcomeRecorder outcomes, TestClock clock, PipelineProbes probes,
			ObjectProvider<Pipelines> pipelines) {
		MessageComposer composer = new MessageComposer(schemas, codec,
				new TopicRouter(Topics.all("pubsub-test"), mediaTypes), Propagation.defaults(), clock,
				destination.rules(), List.of());
		return new PubSubTester(composer, queue, destination, outcomes, clock, mediaTypes,
				() -> pipelines.stream()
					.flatMap((all) -> all.all().stream())
					.map((one) -> new PipelineTester(probes.of(one.pipeline().name()), one.receiver(),
							one.managed().daemon(), composer, destination, clock))
					.toList());
	}

	@Bean(destroyMethod = "")
	@Lazy
	@ConditionalOnSingleCandidate(Pipeline.class)
	PipelineTester pubSubPipelineTester(PubSubTester tester, Pipeline pipeline) {
		return tester.pipeline(pipeline.name());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnProperty("pubsub.dead-letter.destination")
	DeadLetters pubSubTestDeadLetters(InMemoryDestination destination, PubSubProperties properties) {
		return new DeadLetters(destination, String.valueOf(properties.deadLetter().destination()));
	}

	@Bean
	@ConditionalOnMissingBean
	DeadLettersFactory pubSubTestDeadLettersFactory(InMemoryDestination destination) {
		return (address, source) -> new DeadLetters(destination, address);
	}

	/**
	 * The daemon, on the thread of the test.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBooleanProperty(name = "pubsub.consumer.enabled", matchIfMissing = true)
	static class ConsumerConfiguration {

		@Bean
		@Primary
		ConsumerDaemon pubSubTestDaemon(InMemoryQueue queue, BackoffPolicy backoff, MessageDispatcher dispatcher) {
			return PubSubTester.daemon(queue, backoff, dispatcher);
		}

	}

	/**
	 * The outbox, on the thread of the test: what it commits is published when the commit
	 * returns.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JdbcOutbox.class)
	static class OutboxConfiguration {

		@Bean
		JdbcOutboxCustomizer pubSubTestOutbox() {
			return (builder) -> builder.executor(Runnable::run);
		}

	}

}
