package io.pubsub.autoconfigure.consume;

import io.pubsub.autoconfigure.PubSubProperties;
import io.pubsub.autoconfigure.SourceSettings;
import io.pubsub.autoconfigure.internal.InputAddress;
import io.pubsub.autoconfigure.sqs.PubSubSqsAutoConfiguration;
import io.pubsub.source.LineSource;
import io.pubsub.time.Timekeeper;
import io.pubsub.transport.BackoffPolicy;
import io.pubsub.transport.Source;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Auto-configuration for consuming the lines of a file or of the standard input.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = PubSubSqsAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "pubsub.consumer.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PubSubProperties.class)
public final class PubSubInputAutoConfiguration {

	@Bean
	LineSourceFactory pubSubLineSourceFactory(Timekeeper time) {
		return new LineSourceFactory(time);
	}

	@Bean
	@Conditional(InputCondition.class)
	@ConditionalOnMissingBean(Source.class)
	LineSource pubSubInput(LineSourceFactory inputs, BackoffPolicy backoff, PubSubProperties properties) {
		return inputs.create(SourceSettings.ofHandlers(properties, backoff));
	}

	@Bean
	EndOfInput pubSubEndOfInput(ConfigurableApplicationContext context) {
		return new EndOfInput(context, System::exit);
	}

	/**
	 * Whether the source is an input that ends.
	 */
	static final class InputCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			String source = context.getEnvironment().getProperty("pubsub.source");
			ConditionMessage.Builder message = ConditionMessage.forCondition("pubsub input");
			return InputAddress.isInput(source) ? ConditionOutcome.match(message.because("pubsub.source is an input"))
					: ConditionOutcome.noMatch(message.because("pubsub.source is not an input"));
		}

	}

}
