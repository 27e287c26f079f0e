package io.pubsub.sample.demo;

import java.io.IOException;
import java.util.Map;

import io.pubsub.local.LocalBroker;
import io.pubsub.publish.SnsProducer;
import io.pubsub.sample.Announcer;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * The demonstration, which takes place on the queue of the local broker only, not with
 * lines of an input.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("pubsub.local.enabled")
@ConditionalOnExpression("!@environment.getProperty('pubsub.source', '').contains(':')")
class DemoConfiguration {

	@Bean
	DemoInput demoInput(JsonMapper mapper) throws IOException {
		return DemoInput.load(mapper);
	}

	@Bean
	static Courier courier() throws IOException {
		return new Courier();
	}

	// Before the properties are bound, since the courier has another port each time.
	@Bean
	static BeanFactoryPostProcessor courierIsAllowed(ConfigurableEnvironment environment) {
		return (beanFactory) -> environment.getPropertySources()
			.addFirst(new MapPropertySource("courier",
					Map.of("pubsub.uri.allowed-hosts", beanFactory.getBean(Courier.class).hostAndPort())));
	}

	@Bean
	OutcomeTally outcomeTally() {
		return new OutcomeTally();
	}

	@Bean
	DrainWatch drainWatch(SqsAsyncClient sqs, LocalBroker broker, @Value("${pubsub.source}") String queue,
			OutcomeTally tally) {
		return new DrainWatch(sqs, broker.queueUrl(queue), tally);
	}

	@Bean
	ForeignProgram foreignProgram(SnsAsyncClient sns, LocalBroker broker,
			@Value("${pubsub.producer.topics.default}") String topic) {
		return new ForeignProgram(sns, broker.snsEndpoint(), topic);
	}

	@Bean
	Demonstration demonstration(DemoInput input, Announcer announcer, SnsProducer producer,
			ForeignProgram foreignProgram, Courier courier, OutcomeTally tally, DrainWatch drainWatch,
			Addresses addresses) {
		return new Demonstration(input, announcer, producer, foreignProgram, courier, tally, drainWatch, addresses);
	}

	@Bean
	Addresses addresses(LocalBroker broker, Environment environment) {
		return new Addresses(
				() -> environment.resolvePlaceholders("http://127.0.0.1:${local.server.port}/actuator/pubsub"),
				broker.snsEndpoint(), broker.sqsEndpoint());
	}

}
