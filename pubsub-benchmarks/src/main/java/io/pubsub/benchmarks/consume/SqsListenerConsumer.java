package io.pubsub.benchmarks.consume;

import java.time.Duration;
import java.util.Map;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration;
import io.awspring.cloud.sqs.annotation.SqsListener;
import io.awspring.cloud.sqs.config.SqsListenerConfigurer;
import io.awspring.cloud.sqs.config.SqsMessageListenerContainerFactory;
import io.awspring.cloud.sqs.listener.BackPressureMode;
import io.pubsub.benchmarks.client.SpringContext;
import io.pubsub.benchmarks.scenario.Order;
import jakarta.validation.Valid;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.validation.Validator;

/**
 * {@link SqsListener} of Spring Cloud AWS.
 */
final class SqsListenerConsumer {

	private SqsListenerConsumer() {
	}

	static void start(Setup setup) {
		SpringContext.start(Application.class, properties(setup.queueUrl(), setup.concurrency()),
				(context) -> register(context, setup));
	}

	static void startTuned(Setup setup) {
		SpringContext.start(Application.class, properties(setup.queueUrl(), setup.concurrency()), (context) -> {
			register(context, setup);
			context.registerBean(Tuning.class, Tuning::new);
		});
	}

	static Map<String, Object> properties(String queueUrl, int concurrency) {
		return Map.of("benchmark.queue", queueUrl, "spring.cloud.aws.sqs.listener.max-concurrent-messages",
				concurrency);
	}

	private static void register(GenericApplicationContext context, Setup setup) {
		context.registerBean(SqsAsyncClient.class, setup::client);
		context.registerBean(Handling.class, setup::handling);
	}

	/**
	 * The application, without the auto-configuration of this library.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AwsAutoConfiguration.class, CredentialsProviderAutoConfiguration.class,
			RegionProviderAutoConfiguration.class, SqsAutoConfiguration.class, JacksonAutoConfiguration.class,
			ValidationAutoConfiguration.class })
	static class Application {

		@Bean
		SqsListenerConfigurer validation(Validator validator) {
			return (registrar) -> registrar.setValidator(validator);
		}

		@Bean
		Listener listener(Handling handling) {
			return new Listener(handling);
		}

	}

	/**
	 * The handler.
	 *
	 * @param handling the work with each message
	 */
	record Listener(Handling handling) {

		@SqsListener("${benchmark.queue}")
		void handle(@Valid @Payload Order order) throws InterruptedException {
			this.handling.handle(order);
		}

	}

	/**
	 * Asks for messages as soon as there is room for any. Ten a poll are left: a larger
	 * poll is made of several receives, and waits for the slowest of them, which at the
	 * end of a queue takes ten seconds.
	 */
	static final class Tuning implements BeanPostProcessor {

		private static final Duration SHORT_DELAY = Duration.ofMillis(50);

		@Override
		public Object postProcessBeforeInitialization(Object bean, String name) {
			if (bean instanceof SqsMessageListenerContainerFactory<?> factory) {
				factory.configure((options) -> options.maxDelayBetweenPolls(SHORT_DELAY)
					.backPressureMode(BackPressureMode.FIXED_HIGH_THROUGHPUT));
			}
			return bean;
		}

	}

}
