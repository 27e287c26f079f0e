package io.pubsub.benchmarks.consume;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration;
import io.awspring.cloud.autoconfigure.sqs.SqsAutoConfiguration;
import io.awspring.cloud.s3.S3Template;
import io.awspring.cloud.sqs.annotation.SqsListener;
import io.pubsub.benchmarks.client.SpringContext;
import io.pubsub.benchmarks.scenario.ObjectCreated;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.messaging.handler.annotation.Payload;

/**
 * {@link SqsListener} with {@link S3Template} of Spring Cloud AWS.
 */
final class S3TemplateConsumer {

	private S3TemplateConsumer() {
	}

	static void start(ObjectSetup setup) {
		SpringContext.start(Application.class, properties(setup), (context) -> register(context, setup));
	}

	static void startTuned(ObjectSetup setup) {
		SpringContext.start(Application.class, properties(setup), (context) -> {
			register(context, setup);
			context.registerBean(SqsListenerConsumer.Tuning.class, SqsListenerConsumer.Tuning::new);
		});
	}

	private static Map<String, Object> properties(ObjectSetup setup) {
		Map<String, Object> properties = new HashMap<>(
				SqsListenerConsumer.properties(setup.queueUrl(), setup.concurrency()));
		properties.put(SpringContext.S3_ENABLED, true);
		return properties;
	}

	private static void register(GenericApplicationContext context, ObjectSetup setup) {
		context.registerBean(SqsAsyncClient.class, setup::sqs);
		context.registerBean(S3Client.class, setup::s3);
		context.registerBean(LineCounts.class, setup::counts);
	}

	/**
	 * The application, without the auto-configuration of this library.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ AwsAutoConfiguration.class, CredentialsProviderAutoConfiguration.class,
			RegionProviderAutoConfiguration.class, SqsAutoConfiguration.class, S3AutoConfiguration.class,
			JacksonAutoConfiguration.class })
	static class Application {

		@Bean
		Listener listener(S3Template template, LineCounts counts) {
			return new Listener(template, counts);
		}

	}

	/**
	 * The handler.
	 *
	 * @param template the template for objects
	 * @param counts the place for the counts
	 */
	record Listener(S3Template template, LineCounts counts) {

		@SqsListener("${benchmark.queue}")
		void handle(@Payload ObjectCreated event) throws IOException {
			for (ObjectCreated.Entry entry : event.records()) {
				String key = entry.objectKey();
				this.counts.count(key, this.template.download(entry.bucketName(), key).getInputStream());
			}
		}

	}

}
