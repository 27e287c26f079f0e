package io.pubsub.autoconfigure.sqs;

import java.time.Duration;
import java.util.Map;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.aws.sns.SnsDestination;
import io.pubsub.aws.sqs.DeadLetterCycle;
import io.pubsub.aws.sqs.SqsDestination;
import io.pubsub.aws.sqs.SqsSource;
import io.pubsub.aws.sqs.SqsSourceOptions;
import io.pubsub.dispatch.DeadLetters;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Auto-configuration for SQS: the queue that is consumed, and the one for dead letters.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = PubSubProducerAutoConfiguration.class,
		afterName = "io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration")
@ConditionalOnClass({ SqsSource.class, SqsAsyncClient.class })
@ConditionalOnBooleanProperty(name = "pubsub.consumer.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PubSubProperties.class)
public final class PubSubSqsAutoConfiguration {

	@Bean
	@ConditionalOnBean(SqsAsyncClient.class)
	@ConditionalOnMissingBean(Source.class)
	@ConditionalOnProperty("pubsub.source")
	SqsSource pubSubSource(SqsAsyncClient client, BackoffPolicy backoff, PubSubProperties properties) {
		SqsSourceOptions.Builder options = SqsSourceOptions.builder(String.valueOf(properties.source()))
			.backoff(backoff);
		PubSubProperties.Consumer consumer = properties.consumer();
		PropertyMapper map = PropertyMapper.get();
		map.from(consumer::concurrency).to(options::concurrency);
		map.from(consumer::maxPrefetch).to(options::maxPrefetch);
		map.from(consumer::pollWait).to(options::pollWait);
		map.from(consumer::visibilityTimeout).to(options::visibilityTimeout);
		map.from(consumer::heartbeat).to(options::heartbeat);
		map.from(consumer.ack()::linger).to(options::ackLinger);
		return new SqsSource(client, options.build());
	}

	@Bean
	@ConditionalOnBean(SqsAsyncClient.class)
	@ConditionalOnMissingBean
	@Conditional(DeadLetterCondition.class)
	DeadLetters pubSubDeadLetters(SqsAsyncClient sqs, ObjectProvider<SnsAsyncClient> sns, PubSubProperties properties,
			ObjectProvider<SqsSource> source, Timekeeper time) {
		String address = String.valueOf(properties.deadLetter().destination());
		Duration timeout = properties.producer().timeout();
		if (address.contains(":sns:")) {
			int maxBytes = properties.producer().maxMessageBytes();
			SnsDestination topic = new SnsDestination(sns.getObject(), null, maxBytes, Map.of(), timeout, time);
			topic.check(address);
			source
				.ifAvailable((queue) -> new DeadLetterCycle(sqs, queue.queue()).refuseTopic(sns.getObject(), address));
			return new DeadLetters(topic, address, properties.source(), maxBytes);
		}
		SqsDestination destination = new SqsDestination(sqs, timeout, time);
		destination.check(address);
		source.ifAvailable((queue) -> new DeadLetterCycle(sqs, queue.queue()).refuseQueue(address));
		return new DeadLetters(destination, address, properties.source(), SqsDestination.MAXIMUM_MESSAGE_SIZE);
	}

	/**
	 * Whether there is a place where dead letters are kept. The embedded broker of a
	 * process that ends with its input is none: there, a line is given up instead.
	 */
	static final class DeadLetterCondition extends SpringBootCondition {

		static final String PROPERTY = "pubsub.dead-letter.destination";

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			Environment environment = context.getEnvironment();
			ConditionMessage.Builder message = ConditionMessage.forCondition("pubsub dead letters");
			if (environment.getProperty(PROPERTY) == null) {
				return ConditionOutcome.noMatch(message.because(PROPERTY + " is not set"));
			}
			if (environment.getProperty("pubsub.local.enabled", Boolean.class, false)
					&& InputAddress.isInput(environment.getProperty("pubsub.source"))) {
				return ConditionOutcome.noMatch(message.because("the embedded broker ends with the input"));
			}
			return ConditionOutcome.match(message.because(PROPERTY + " is set"));
		}

	}

}
