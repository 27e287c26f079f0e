package io.pubsub.autoconfigure.sqs;

import io.pubsub.autoconfigure.DeadLettersFactory;
import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.publish.PubSubProducerAutoConfiguration;
import io.pubsub.aws.sqs.SqsSource;
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
	SqsSourceFactory pubSubSqsSourceFactory(SqsAsyncClient client, Timekeeper time) {
		return new SqsSourceFactory(client, time);
	}

	@Bean
	@ConditionalOnBean(SqsAsyncClient.class)
	@ConditionalOnMissingBean(Source.class)
	@ConditionalOnProperty("pubsub.source")
	SqsSource pubSubSource(SqsSourceFactory sources, BackoffPolicy backoff, PubSubProperties properties) {
		return sources.create(SourceSettings.ofHandlers(properties, backoff));
	}

	@Bean
	@ConditionalOnBean(SqsAsyncClient.class)
	@ConditionalOnMissingBean(DeadLettersFactory.class)
	AwsDeadLettersFactory pubSubDeadLettersFactory(SqsAsyncClient sqs, ObjectProvider<SnsAsyncClient> sns,
			PubSubProperties properties, Timekeeper time) {
		return new AwsDeadLettersFactory(sqs, sns, properties.producer(), time);
	}

	@Bean
	@ConditionalOnBean(AwsDeadLettersFactory.class)
	@ConditionalOnMissingBean
	@Conditional(DeadLetterCondition.class)
	DeadLetters pubSubDeadLetters(AwsDeadLettersFactory letters, PubSubProperties properties,
			ObjectProvider<SqsSource> source) {
		SqsSource queue = source.getIfAvailable();
		return letters.create(String.valueOf(properties.deadLetter().destination()), properties.source(),
				(queue != null) ? queue.queue() : null);
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
